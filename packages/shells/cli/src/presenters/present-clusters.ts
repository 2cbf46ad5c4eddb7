import type { ClusterBody } from '@pull-secret/wire'
import type { ReadItems } from '../operations/read-list.ts'
import { ageOf } from './age.ts'
import { pairs, table } from './table.ts'
import type { NamedView } from './view.ts'

type Registry = ClusterBody['registries'][number]

const remarksOf = ({ problem, stuck_since: stuckSince }: Registry): string =>
  [stuckSince === undefined ? undefined : 'stuck', problem].filter((remark) => remark !== undefined).join(': ')

const registryText = (registry: Registry): string => {
  const remarks = remarksOf(registry)
  return `${registry.registry_id} ${registry.state}${remarks === '' ? '' : ` (${remarks})`}`
}

const stateText = ({ state, ban }: ClusterBody): string => (ban === null ? state : `${state}, banned`)

const banText = ({ ban }: ClusterBody): string | undefined =>
  ban === null ? undefined : `${ban.reason} (${ban.banned_by}, ${ban.banned_at})`

/** Clusters, one a line. `now`: milliseconds since 1970. */
export const presentClusters = ({ items, nextCursor }: ReadItems<ClusterBody>, now: number): NamedView => ({
  text:
    items.length === 0
      ? 'No clusters.\n'
      : table(
          ['CLUSTER', 'STATE', 'PROVIDER', 'REGION', 'PUBLISHED', 'OLDEST CREDENTIAL', 'REGISTRIES'],
          items.map((cluster) => [
            cluster.cluster_id,
            stateText(cluster),
            cluster.cloud_provider ?? undefined,
            cluster.region ?? undefined,
            ageOf(cluster.published_at, now),
            ageOf(cluster.oldest_credential_at, now),
            cluster.registries.map(registryText).join(', '),
          ]),
        ),
  data: { clusters: items, next_cursor: nextCursor },
  names: items.map(({ cluster_id: id }) => id),
})

const summary = (cluster: ClusterBody): string =>
  pairs([
    ['Cluster', cluster.cluster_id],
    ['State', stateText(cluster)],
    ['Banned', banText(cluster)],
    ['Incarnation', String(cluster.incarnation)],
    ['External id', cluster.external_id ?? undefined],
    ['Cloud provider', cluster.cloud_provider ?? undefined],
    ['Region', cluster.region ?? undefined],
    ['Created', cluster.created_at],
    ['Published', cluster.published_at ?? (cluster.ban === null ? 'never' : undefined)],
  ])

const registryTable = ({ registries }: ClusterBody, now: number): string =>
  registries.length === 0
    ? 'Every credential is revoked.\n'
    : table(
        ['REGISTRY', 'STATE', 'GENERATION', 'AGE', 'STUCK FOR', 'PROBLEM'],
        registries.map((registry) => [
          registry.registry_id,
          registry.state,
          String(registry.generation),
          ageOf(registry.created_at, now),
          ageOf(registry.stuck_since ?? null, now),
          registry.problem,
        ]),
      )

/** Everything that lists know of one cluster. `now`: milliseconds since 1970. */
export const presentCluster = (cluster: ClusterBody, now: number): NamedView => ({
  text: `${summary(cluster)}\n${registryTable(cluster, now)}`,
  data: cluster,
  names: [cluster.cluster_id],
})
