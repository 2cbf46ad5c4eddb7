import type { Either } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Credential } from '../credentials/credential.ts'
import type { DomainError, Failure } from '../errors.ts'
import type { Instant } from '../platform/instant.ts'
import type { ClusterLedger } from './cluster-ledger.ts'
import type { Decision } from './decision.ts'

export type LedgerFailure = Failure<'LEDGER_UNAVAILABLE' | 'LEDGER_OUTCOME_UNKNOWN'>

/** What a holder may prove about its hold on a row: recording requires that fence and attempt still agree. */
export interface LeaseClaim {
  readonly clusterId: string
  readonly credentialId: string
  readonly fence: number
  readonly attemptId: string
}

/** Facts that stay true whoever holds the row now; appending them changes no state. */
export interface LateFindings {
  readonly vendorId?: string
}

/**
 * The only way to change state. Each call is one short transaction: lock the cluster, load what it owns, run the
 * synchronous and pure `decide` with the ledger's clock read after the lock, write its transitions and their audit,
 * commit.
 * `decide` runs again after a serialization failure, so it must be repeatable. Every transition is conditional on the
 * state
 * and fence it was decided on. Nothing is held while anything else happens.
 *
 * `NAME_DRAWN_TWICE`: the decision adds a row whose name at its vendor is or was another row's; nothing was written.
 *
 * `LEDGER_OUTCOME_UNKNOWN`: the commit was not acknowledged and may still happen. Nothing may be sent to a vendor on
 * it.
 */
export interface CredentialLedger {
  readonly change: <E extends DomainError, A>(
    clusterId: string,
    decide: (ledger: ClusterLedger, now: Instant) => Either<E, Decision<A>>,
  ) => TaskEither<E | Failure<'NAME_DRAWN_TWICE'> | LedgerFailure, A>

  /**
   * The same after a vendor call, guarded by the lease's fence and attempt. `FENCE_LOST`: somebody else decided about
   * the row
   * meanwhile; nothing was changed except that `findings` was appended and the row made due at once. The caller must
   * make no further
   * vendor call for that row, not even to clean up.
   */
  readonly record: <A>(
    lease: LeaseClaim,
    decide: (ledger: ClusterLedger, credential: Credential, now: Instant) => Decision<A>,
    findings?: LateFindings,
  ) => TaskEither<Failure<'FENCE_LOST'> | LedgerFailure, A>
}

export const claimOf = (credential: Credential): LeaseClaim => ({
  clusterId: credential.clusterId,
  credentialId: credential.id,
  fence: credential.fence,
  attemptId: credential.lease?.attemptId ?? '',
})
