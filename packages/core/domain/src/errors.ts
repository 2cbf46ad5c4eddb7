import type { RefusedCaller } from './access/refused-caller.ts'
import type { Instant } from './platform/instant.ts'
import type { RegistryStatus } from './pull-secrets/registry-status.ts'

/** Which rule a refused input breaks: absent, not one of the valid values, or of the wrong form. */
export type InputRule = 'required' | 'invalid' | 'format'

/** Why the database failed, in words that are safe to log: never a statement, a value or a secret. */
export interface LedgerFault {
  /** PostgreSQL's SQLSTATE, or the code of the failed connection such as `ECONNREFUSED`. */
  readonly code: string
  /** One sentence that names the setting, host and port where they are known. */
  readonly message: string
  /** It does not pass by itself: somebody has to change a setting, a file or a right. */
  readonly isLasting: boolean
}

/**
 * Every failure a caller of the product can meet. The union is closed: shells map it by total tables,
 * so a new code does not compile until each of them has its row.
 */
export type DomainError =
  | {
      readonly code: 'INVALID_INPUT'
      readonly field: string
      readonly rule: InputRule
      readonly message: string
      readonly validValues?: ReadonlyArray<string>
    }
  | {
      readonly code: 'NOT_AUTHENTICATED'
      readonly reason: 'missing' | 'invalid' | 'expired'
      /** Whose token it seems to be, for the audit; never answered. */
      readonly caller?: RefusedCaller
    }
  | { readonly code: 'NOT_ALLOWED'; readonly verb: string; readonly resource: string }
  | { readonly code: 'ACCESS_UNAVAILABLE'; readonly retryAfterSeconds: number }
  | { readonly code: 'PULL_SECRET_NOT_FOUND'; readonly clusterId: string }
  | { readonly code: 'CLUSTER_NOT_FOUND'; readonly clusterId: string }
  | { readonly code: 'CLUSTER_DELETING'; readonly clusterId: string; readonly incarnation: number }
  | { readonly code: 'CLUSTER_DELETED'; readonly clusterId: string; readonly incarnation: number }
  /** Nobody is given credentials for the id until the ban is lifted. */
  | {
      readonly code: 'CLUSTER_BANNED'
      readonly clusterId: string
      /** As whoever banned it put it. */
      readonly reason: string
      readonly bannedAt: Instant
    }
  | {
      readonly code: 'INCARNATION_CONFLICT'
      readonly clusterId: string
      readonly incarnation: number
      readonly asked: number
    }
  | {
      readonly code: 'REGISTRIES_NOT_READY'
      readonly clusterId: string
      readonly registries: ReadonlyArray<RegistryStatus>
      readonly retryAfterSeconds: number
      readonly timedOut: boolean
    }
  | { readonly code: 'KEY_UNAVAILABLE'; readonly keyId: string }
  | { readonly code: 'FENCE_LOST' }
  /** A new row has a name at its vendor that another row has or had. Nothing was written. */
  | { readonly code: 'NAME_DRAWN_TWICE' }
  | { readonly code: 'SHARED_OBJECT_BUSY' }
  | { readonly code: 'DEPLOYMENT_MISMATCH'; readonly stored: string; readonly configured: string }
  | {
      readonly code: 'SCOPE_CHANGED'
      readonly registryId: string
      readonly stored: string
      readonly configured: string
      /** Credentials that are not revoked there, and one of the clusters that own them. */
      readonly credentials: number
      readonly clusterId: string
    }
  /** Another key stands in the key ring under an id that was used before. */
  | { readonly code: 'KEY_CHANGED'; readonly keyId: string }
  | { readonly code: 'REGISTRY_MISSING'; readonly registryId: string }
  | { readonly code: 'LEDGER_UNAVAILABLE'; readonly retryAfterSeconds: number; readonly fault?: LedgerFault }
  | { readonly code: 'LEDGER_OUTCOME_UNKNOWN'; readonly retryAfterSeconds: number; readonly fault?: LedgerFault }

export type DomainErrorCode = DomainError['code']

/** The part of the closed union that one call can really produce. */
export type Failure<C extends DomainErrorCode> = Extract<DomainError, { readonly code: C }>
