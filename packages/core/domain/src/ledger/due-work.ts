import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Credential, EntryWork } from '../credentials/credential.ts'
import type { Failure } from '../errors.ts'

/** How rows of one registry are taken up again. */
export interface ClaimTerms {
  readonly registryId: string
  readonly scope: string
  readonly leaseSeconds: number
  readonly landingWindowSeconds: number
  /**
   * Whether a row whose last attempt ended unknown may be attempted again (never for one-shot vendors or disabled
   * registries).
   */
  readonly mayRepeatUnknown: boolean
  /** Whether rows may be attempted at all; a disabled registry's are only abandoned. */
  readonly mayCreate: boolean
}

/** What has to happen, and looks at what is in use: these can wait, and there are as many as there are clusters. */
export type DueKind = 'obligations' | 'looks'

export interface ClaimRequest {
  readonly terms: ClaimTerms
  readonly kind: DueKind
  /** One fresh attempt id per row to be taken; their number is the limit. */
  readonly attemptIds: ReadonlyArray<string>
}

/** What a claimed row is to undergo. `abandon`: its secret can no longer be had, or its registry no longer creates. */
export type WorkPurpose = 'create' | 'abandon' | 'revoke' | EntryWork

export interface ClaimedWork {
  readonly purpose: WorkPurpose
  /** Whether the cluster of the row was asked to be deleted, or banned: nobody may be able to pull any more. */
  readonly isUrgent: boolean
  /** The row under the caller's lease: by `takeCreatingLease` for `create` and `mint`, by `takeLease` otherwise. */
  readonly credential: Credential
}

/**
 * Finds what is due and takes leases, nothing else. Concurrent claims never give the same row twice, take no cluster
 * lock and wait for nobody.
 */
export interface DueWork {
  /** Rows in the scope of the terms with a free lease that are due now for what was asked, oldest due first. */
  readonly claim: (
    request: ClaimRequest,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE' | 'LEDGER_OUTCOME_UNKNOWN'>, ReadonlyArray<ClaimedWork>>
  /**
   * Ids of live clusters that are due for completion: those whose time has come, oldest due first, then those that
   * nobody has looked at since a registry was enabled. None where the deployment remembers an enabled registry that the
   * caller does not know: an older replica must not find complete what a newer one has to complete.
   */
  readonly clusters: (
    limit: number,
    enabledRegistryIds: ReadonlyArray<string>,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<string>>
}
