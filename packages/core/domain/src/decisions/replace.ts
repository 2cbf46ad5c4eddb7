import type { Cause } from '../audit/audit-record.ts'
import type { Credential } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import { revokeNow } from './revoke.ts'

export interface ReplaceContext {
  readonly capabilities: RegistryCapabilities
  readonly cause: Cause
}

/**
 * Revokes a row that can never become a credential, and makes its cluster due at once, so that a replacement row is
 * intended. A row that is already being revoked gives nothing.
 */
export const revokeAndReplace = (
  { cluster }: ClusterLedger,
  credential: Credential,
  { capabilities, cause }: ReplaceContext,
  now: Instant,
): ReadonlyArray<Transition> => {
  const move = revokeNow(credential, capabilities, cause, now)
  if (move === undefined) return []
  return cluster?.state === 'live'
    ? [move, { kind: 'cluster_noted', before: cluster, after: { ...cluster, nextAttemptAt: now } }]
    : [move]
}
