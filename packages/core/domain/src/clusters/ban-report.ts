import type { RevocationStatus } from '../pull-secrets/revocation-status.ts'
import type { ViewedBan } from './ban.ts'

/** Whether an id is banned, and how far what its cluster had is revoked. */
export interface BanReport {
  readonly clusterId: string
  /** Absent where none stands. */
  readonly ban?: ViewedBan
  /** Of the registries where something is not proved revoked, or was under way in this request. */
  readonly revocations: ReadonlyArray<RevocationStatus>
}
