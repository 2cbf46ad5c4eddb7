import type { Clock, Deadline, Failure, UnknownOutcome } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'

/** Waits for a task, but not longer than given. The task itself goes on: nobody cancels a vendor call. */
export const waitAtMost =
  (clock: Clock, milliseconds: number) =>
  <A>(task: T.Task<A>): T.Task<A | undefined> =>
    T.getRaceMonoid<A | undefined>().concat(
      task,
      pipe(
        clock.alarm(Math.max(0, milliseconds)),
        T.map(() => undefined),
      ),
    )

/**
 * An adapter that keeps its deadline has answered long before; only one that hangs, on a file system that never
 * answers for instance, needs this.
 */
const graceMilliseconds = 4000
const noAnswer: UnknownOutcome = { kind: 'unknown', problem: 'timeout' }

/** A vendor's answer, or that there was none while the lease can still record it. */
export const answerBy =
  (clock: Clock, deadline: Deadline) =>
  <A extends object>(call: T.Task<A>): T.Task<A | UnknownOutcome> =>
    pipe(
      T.fromIO(clock.monotonic),
      T.flatMap((startedAt) => pipe(call, waitAtMost(clock, deadline + graceMilliseconds - startedAt))),
      T.map((answer) => answer ?? noAnswer),
    )

const unanswered: Failure<'LEDGER_OUTCOME_UNKNOWN'> = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 2 }

/** What a caller is told whom a slow database would keep longer than it waits; the work goes on. */
export const answerWithin =
  (clock: Clock, milliseconds: number) =>
  <L, A>(work: TE.TaskEither<L, A>): TE.TaskEither<L | Failure<'LEDGER_OUTCOME_UNKNOWN'>, A> =>
    pipe(
      work,
      waitAtMost(clock, milliseconds),
      T.map((answer): E.Either<L | Failure<'LEDGER_OUTCOME_UNKNOWN'>, A> => answer ?? E.left(unanswered)),
    )
