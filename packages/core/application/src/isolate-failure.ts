import type { Failure, Logger } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }

/** What an unexpected error is called; its text may hold anything and stays untold. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

const tell = (logger: Logger, what: string, error: unknown): IO<void> =>
  logger.log('error', `${what} ended unexpectedly`, { error_type: nameOf(error) })

/** One piece of work among many: should it reject, which is a bug, it fails alone and is told to operators. */
export const isolateFailure =
  (logger: Logger, what: string) =>
  <L, A>(work: TE.TaskEither<L, A>): TE.TaskEither<L | Failure<'LEDGER_UNAVAILABLE'>, A> =>
    pipe(
      TE.tryCatch(work, (error) => error),
      TE.matchE(
        (error): TE.TaskEither<L | Failure<'LEDGER_UNAVAILABLE'>, A> =>
          pipe(
            TE.fromIO(tell(logger, what, error)),
            TE.flatMap(() => TE.left(unavailable)),
          ),
        (result): TE.TaskEither<L | Failure<'LEDGER_UNAVAILABLE'>, A> => TE.fromEither(result),
      ),
    )
