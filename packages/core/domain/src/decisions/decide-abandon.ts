import type { Cause } from '../audit/audit-record.ts'
import type { Credential } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import { decided, type Decision, type Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import { revokeNow } from './revoke.ts'

/** Gives a row up whose secret can no longer be had, and makes its cluster due for a replacement. */
export const decideAbandon = (
  ledger: ClusterLedger,
  credential: Credential,
  capabilities: RegistryCapabilities,
  cause: Cause,
  now: Instant,
): Decision<void> => {
  const move = revokeNow(credential, capabilities, cause, now)
  const { cluster } = ledger
  const due: ReadonlyArray<Transition> =
    cluster?.state === 'live'
      ? [{ kind: 'cluster_noted', before: cluster, after: { ...cluster, nextAttemptAt: now } }]
      : []
  return decided(undefined, move === undefined ? [] : [move, ...due])
}
