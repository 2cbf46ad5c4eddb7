import type { Cause } from '../audit/audit-record.ts'
import { wantedRegistries } from '../clusters/wanted-registries.ts'
import type { Credential } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import type { Registry } from '../registries/registry.ts'

const activation = (credential: Credential, cause: Cause, now: Instant): Transition => ({
  kind: 'credential_moved',
  rule: 'C7',
  before: credential,
  cause,
  after: { ...credential, state: 'active', activatedAt: now, nextAttemptAt: credential.refreshAfter },
})

const mayPublish = (ledger: ClusterLedger, all: ReadonlyArray<Registry>): boolean => {
  const { cluster, credentials } = ledger
  if (cluster?.state !== 'live') return false
  return (
    cluster.publishedAt !== undefined ||
    wantedRegistries(cluster, all)
      .filter((registry) => registry.required)
      .every((registry) =>
        credentials.some((row) => row.registryId === registry.id && (row.state === 'ready' || row.state === 'active')),
      )
  )
}

/**
 * Activates what is ready for its first publication: everything at once when the last required registry is ready,
 * a late registry by itself afterwards. A row of an earlier incarnation is never published.
 */
export const publish = (
  ledger: ClusterLedger,
  all: ReadonlyArray<Registry>,
  cause: Cause,
  now: Instant,
): ReadonlyArray<Transition> => {
  const { cluster, credentials } = ledger
  if (cluster === undefined || !mayPublish(ledger, all)) return []
  const hasActive = (registryId: string): boolean =>
    credentials.some((row) => row.registryId === registryId && row.state === 'active')
  const activations = credentials
    .filter((row) => row.state === 'ready' && row.incarnation === cluster.incarnation && !hasActive(row.registryId))
    .map((row) => activation(row, cause, now))
  return activations.length > 0 && cluster.publishedAt === undefined
    ? [...activations, { kind: 'cluster_noted', before: cluster, after: { ...cluster, publishedAt: now } }]
    : activations
}
