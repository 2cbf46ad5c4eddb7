import type { Cause } from '../audit/audit-record.ts'
import { isStanding } from '../clusters/ban.ts'
import type { Cluster } from '../clusters/cluster.ts'
import { wantedRegistries } from '../clusters/wanted-registries.ts'
import { type Credential, servedUntil } from '../credentials/credential.ts'
import { registryRows } from '../credentials/registry-rows.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import type { Registry } from '../registries/registry.ts'
import { nextOfNewEntry } from './entry-work.ts'

const activation = (
  credential: Credential,
  registry: Registry | undefined,
  cause: Cause,
  now: Instant,
): Transition => ({
  kind: 'credential_moved',
  rule: 'C7',
  before: credential,
  cause,
  after: { ...credential, ...nextOfNewEntry(credential, registry, now), state: 'active', activatedAt: now },
})

/** Whether a registry's part of the document is there, or may be put there. */
const isPresentable = (row: Credential | undefined, now: Instant): boolean =>
  row !== undefined && row.state !== 'intended' && servedUntil(row) > now

/** A replica whose configuration is older publishes nothing without what a newer one requires. */
const requiredIds = (
  { requiredRegistries = [] }: ClusterLedger,
  cluster: Cluster,
  all: ReadonlyArray<Registry>,
): ReadonlyArray<string> => [
  ...requiredRegistries,
  ...wantedRegistries(cluster, all)
    .filter(({ required }) => required)
    .map(({ id }) => id),
]

const mayPublish = (ledger: ClusterLedger, all: ReadonlyArray<Registry>, now: Instant): boolean => {
  const { cluster, credentials, ban } = ledger
  if (cluster?.state !== 'live' || isStanding(ban)) return false
  return (
    cluster.publishedAt !== undefined ||
    requiredIds(ledger, cluster, all).every((id) => {
      const { active, unpublished } = registryRows(credentials, id)
      return isPresentable(active, now) || isPresentable(unpublished, now)
    })
  )
}

/**
 * Activates what is ready for its first publication: everything at once when the last required registry is ready,
 * a late registry by itself afterwards. A row of an earlier incarnation is never published, nor one of a banned id.
 */
export const publish = (
  ledger: ClusterLedger,
  all: ReadonlyArray<Registry>,
  cause: Cause,
  now: Instant,
): ReadonlyArray<Transition> => {
  const { cluster, credentials } = ledger
  if (cluster === undefined || !mayPublish(ledger, all, now)) return []
  const { scopes = {} } = ledger
  const mayEnter = (row: Credential): boolean =>
    (scopes[row.registryId] ?? row.scope) === row.scope &&
    isPresentable(row, now) &&
    row.incarnation === cluster.incarnation
  const ready = [...new Set(credentials.map(({ registryId }) => registryId))].flatMap((registryId) => {
    const { active, unpublished } = registryRows(credentials, registryId)
    return active === undefined && unpublished !== undefined && mayEnter(unpublished) ? [unpublished] : []
  })
  const served = [...new Set([...cluster.servedRegistries, ...ready.map((row) => row.registryId)])].sort()
  const after = { ...cluster, publishedAt: cluster.publishedAt ?? now, servedRegistries: served }
  return [
    ...ready.map((row) =>
      activation(
        row,
        all.find(({ id }) => id === row.registryId),
        cause,
        now,
      ),
    ),
    ...(served.length > cluster.servedRegistries.length
      ? [{ kind: 'cluster_noted' as const, before: cluster, after }]
      : []),
  ]
}
