import type { Instant } from '../platform/instant.ts'
import type { Problem } from '../registries/outcomes.ts'

/** How far the revocation of one registry's credentials is. `settling`: deleted, to be proved at `settlesAt`. */
export interface RevocationStatus {
  readonly registryId: string
  readonly status: 'revoked' | 'revoking' | 'settling'
  readonly settlesAt?: Instant
  readonly problem?: Problem
  readonly stuck: boolean
}
