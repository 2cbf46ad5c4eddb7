import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/**
 * A task that never rejects: what even the adapter did not foresee becomes the given value, and its text goes no
 * further.
 */
export const toOutcome = <A>(run: () => Promise<A>, otherwise: NoInfer<A>): Task<A> =>
  pipe(
    TE.tryCatch(run, () => otherwise),
    TE.toUnion,
  )
