import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Credential } from '../credentials/credential.ts'
import type { Failure } from '../errors.ts'

/** How rows of one registry are taken up again. */
export interface ClaimTerms {
  readonly registryId: string
  readonly scope: string
  readonly leaseSeconds: number
  readonly landingWindowSeconds: number
  /** Whether a row whose last attempt ended unknown may be attempted again (never for one-shot vendors or disabled registries). */
  readonly mayRepeatUnknown: boolean
  /** Whether rows may be attempted at all; a disabled registry's are only abandoned. */
  readonly mayCreate: boolean
}

export interface ClaimRequest {
  readonly terms: ReadonlyArray<ClaimTerms>
  /** One fresh attempt id per row to be taken; their number is the limit. */
  readonly attemptIds: ReadonlyArray<string>
}

/**
 * Finds what is due and takes leases, nothing else. Concurrent claims never give the same row twice, take no cluster lock
 * and wait for nobody. A claimed row counts as an attempt by `takeLease` or `takeCreatingLease`, whichever its state asks for.
 */
export interface DueWork {
  /** Rows due now with a free lease: `intended`, `revoking`, and `active` ones whose token must be minted again. Oldest due first. */
  readonly claim: (request: ClaimRequest) => TaskEither<Failure<'LEDGER_UNAVAILABLE' | 'LEDGER_OUTCOME_UNKNOWN'>, ReadonlyArray<Credential>>
  /** Ids of live clusters that are due for completion, oldest due first. */
  readonly clusters: (limit: number) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<string>>
}
