import type { RegistryStatus } from './pull-secrets/registry-status.ts'

/** Which rule a refused input breaks: absent, not one of the valid values, or of the wrong form. */
export type InputRule = 'required' | 'invalid' | 'format'

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
  | { readonly code: 'NOT_AUTHENTICATED'; readonly reason: 'missing' | 'invalid' | 'expired' }
  | { readonly code: 'NOT_ALLOWED'; readonly verb: string; readonly resource: string }
  | { readonly code: 'ACCESS_UNAVAILABLE'; readonly retryAfterSeconds: number }
  | { readonly code: 'PULL_SECRET_NOT_FOUND'; readonly clusterId: string }
  | { readonly code: 'CLUSTER_DELETING'; readonly clusterId: string; readonly incarnation: number }
  | { readonly code: 'CLUSTER_DELETED'; readonly clusterId: string; readonly incarnation: number }
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
  | { readonly code: 'SHARED_OBJECT_BUSY' }
  | { readonly code: 'DEPLOYMENT_MISMATCH'; readonly stored: string; readonly configured: string }
  | {
      readonly code: 'SCOPE_CHANGED'
      readonly registryId: string
      readonly stored: string
      readonly configured: string
    }
  | { readonly code: 'REGISTRY_MISSING'; readonly registryId: string }
  | { readonly code: 'LEDGER_UNAVAILABLE'; readonly retryAfterSeconds: number }
  | { readonly code: 'LEDGER_OUTCOME_UNKNOWN'; readonly retryAfterSeconds: number }

export type DomainErrorCode = DomainError['code']

/** The part of the closed union that one call can really produce. */
export type Failure<C extends DomainErrorCode> = Extract<DomainError, { readonly code: C }>
