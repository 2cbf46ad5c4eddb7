import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Credential } from '../credentials/credential.ts'
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

export interface ClaimRequest {
  readonly terms: ReadonlyArray<ClaimTerms>
  /** One fresh attempt id per row to be taken; their number is the limit. */
  readonly attemptIds: ReadonlyArray<string>
}

/** What a claimed row is to undergo. `abandon`: its secret can no longer be had, or its registry no longer creates. */
export type WorkPurpose = 'create' | 'abandon' | 'revoke'

export interface ClaimedWork {
  readonly purpose: WorkPurpose
  /** The row under the caller's lease: by `takeCreatingLease` for `create`, by `takeLease` otherwise. */
  readonly credential: Credential
}

/** What is to be done with a due row. Active rows are due only where a token has to be minted again. */
export const purposeOf = (credential: Credential, terms: ClaimTerms): WorkPurpose => {
  switch (credential.state) {
    case 'intended':
      return terms.mayCreate && (terms.mayRepeatUnknown || credential.outcome !== 'unknown') ? 'create' : 'abandon'
    case 'ready':
    case 'active':
    case 'retiring':
      return 'create'
    case 'revoking':
    case 'revoked':
      return 'revoke'
  }
}

/**
 * Finds what is due and takes leases, nothing else. Concurrent claims never give the same row twice, take no cluster
 * lock
 * and wait for nobody.
 */
export interface DueWork {
  /** Rows due now with a free lease in a scope that the terms name, oldest due first. */
  readonly claim: (
    request: ClaimRequest,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE' | 'LEDGER_OUTCOME_UNKNOWN'>, ReadonlyArray<ClaimedWork>>
  /**
   * Ids of live clusters that are due for completion: those whose time has come, oldest due first, then those that
   * nobody has looked at since a registry was enabled. None where the deployment remembers an
   * enabled registry that
   * the caller does not know: an older replica must not find complete what a newer one has to complete.
   */
  readonly clusters: (
    limit: number,
    enabledRegistryIds: ReadonlyArray<string>,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<string>>
}
