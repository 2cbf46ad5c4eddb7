import type { CallProblem } from '../registries/outcomes.ts'

/**
 * How one registry of a cluster stands. `pending`: the service is at work; `failing`: the last attempt did not
 * succeed and will be repeated.
 */
export interface RegistryStatus {
  readonly registryId: string
  readonly required: boolean
  readonly status: 'active' | 'pending' | 'failing'
  readonly problem?: CallProblem
}
