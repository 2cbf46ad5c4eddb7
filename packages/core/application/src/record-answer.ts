import type {
  Clock,
  ClusterLedger,
  Credential,
  CredentialLedger,
  Decision,
  Failure,
  Instant,
  LateFindings,
  LeaseClaim,
  LedgerFailure,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface RecordAnswerDeps {
  readonly ledger: CredentialLedger
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>
}

const firstPauseMilliseconds = 100
const longestPauseMilliseconds = 2000

/**
 * Records what a vendor answered, again and again where the database fails, until the lease ends at `leaseEndsAt` by
 * the monotonic clock: an answer that is not recorded is lost, and with it a secret that is shown once. `FENCE_LOST`
 * after a commit of unknown outcome mostly means that it was recorded.
 */
export type RecordAnswer = <A>(
  leaseEndsAt: number,
  lease: LeaseClaim,
  decide: (ledger: ClusterLedger, credential: Credential, now: Instant) => Decision<A>,
  findings?: LateFindings,
) => TE.TaskEither<Failure<'FENCE_LOST'> | LedgerFailure, A>

export const makeRecordAnswer = ({ ledger, clock }: RecordAnswerDeps): RecordAnswer => {
  const repeated = <L extends { readonly code: string }, A>(
    record: TE.TaskEither<L, A>,
    leaseEndsAt: number,
    pauseMilliseconds: number,
  ): TE.TaskEither<L, A> =>
    pipe(
      record,
      TE.orElse((failure) =>
        failure.code === 'FENCE_LOST' || clock.monotonic() + pauseMilliseconds >= leaseEndsAt
          ? TE.left(failure)
          : pipe(
              clock.sleep(pauseMilliseconds),
              T.flatMap(() => repeated(record, leaseEndsAt, Math.min(longestPauseMilliseconds, pauseMilliseconds * 2))),
            ),
      ),
    )
  return (leaseEndsAt, lease, decide, findings) =>
    repeated(ledger.record(lease, decide, findings), leaseEndsAt, firstPauseMilliseconds)
}
