import type {
  ClusterLedger,
  CredentialLedger,
  Decision,
  DomainError,
  Failure,
  Instant,
  LedgerFailure,
} from '@pull-secret/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { drawCredentials, type DrawDeps, type Draws } from './draw-credentials.ts'

export interface ChangeWithDrawsDeps extends DrawDeps {
  readonly ledger: CredentialLedger
}

/** Names are drawn from so many that a second draw hardly ever meets a used one again. */
const mostDraws = 3

/** A change that found no unused name wrote nothing, and may be asked for again. */
export const orUnavailable = <E extends { readonly code: string }>(
  failure: E | Failure<'NAME_DRAWN_TWICE'>,
): E | Failure<'LEDGER_UNAVAILABLE'> =>
  failure.code === 'NAME_DRAWN_TWICE' ? { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 } : (failure as E)

/** Changes a cluster with random material for new rows, drawn again where a name turns out to be used. */
export const changeWithDraws =
  (deps: ChangeWithDrawsDeps, clusterId: string) =>
  <E extends DomainError, A>(
    decide: (draws: Draws) => (ledger: ClusterLedger, now: Instant) => Either<E, Decision<A>>,
  ): TE.TaskEither<E | Failure<'KEY_UNAVAILABLE'> | LedgerFailure, A> => {
    const change = (
      drawsLeft: number,
    ): TE.TaskEither<E | Failure<'KEY_UNAVAILABLE' | 'NAME_DRAWN_TWICE'> | LedgerFailure, A> =>
      pipe(
        drawCredentials(deps),
        TE.flatMap((draws) => deps.ledger.change(clusterId, decide(draws))),
        TE.orElse((failure) =>
          failure.code === 'NAME_DRAWN_TWICE' && drawsLeft > 1 ? change(drawsLeft - 1) : TE.left(failure),
        ),
      )
    return pipe(
      change(mostDraws),
      TE.mapLeft((failure) => orUnavailable<E | Failure<'KEY_UNAVAILABLE'> | LedgerFailure>(failure)),
    )
  }
