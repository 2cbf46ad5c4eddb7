import * as T from 'fp-ts/lib/Task.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Clock } from '@pull-secret/domain'

/** Waits for a task, but not longer than given. The task itself goes on: nobody cancels a vendor call. */
export const waitAtMost = (clock: Clock, milliseconds: number) => <A>(task: T.Task<A>): T.Task<A | undefined> =>
  T.getRaceMonoid<A | undefined>().concat(task, pipe(clock.alarm(Math.max(0, milliseconds)), T.map(() => undefined)))
