import { described, oneOf } from '@pull-secret/decoding'
import type { ListedCluster, LivingCredential } from '@pull-secret/domain'
import * as t from 'io-ts'
import { type ListPage, nextCursorOf } from './list-page.ts'
import { clusterCursor } from './list-queries.ts'
import { count } from './number-codecs.ts'
import {
  nextCursor,
  nullable,
  problemWord,
  registryIdOfAnswer,
  text,
  timestamp,
  timestampOf,
  timestampOrNull,
} from './text-codecs.ts'

const registryBody = described(
  t.intersection(
    [
      t.type({
        registry_id: registryIdOfAnswer,
        state: text('`intended`, `ready`, `active`, `retiring` or `revoking`.', 'active'),
        generation: count('How many credentials the cluster has had at this registry, this one included.', 1),
        created_at: described(timestamp, 'When its work began.'),
      }),
      t.partial({
        problem: problemWord,
        stuck_since: described(timestamp, 'Since when its revocation is not proved, though tried again and again.'),
      }),
    ],
    'a credential of a listed cluster',
  ),
  'A credential that is not revoked.',
  { title: 'ListedCredential' },
)

export const clusterBody = described(
  t.type(
    {
      cluster_id: text('The cluster.', 'cls-abc123def456'),
      state: described(oneOf('live', 'deleting', 'deleted'), 'Whether it has a pull secret, loses it, or lost it.'),
      incarnation: count('Which life of the cluster id it is.', 1),
      external_id: described(nullable(t.string), 'Id of the cluster in another system, or null.', { example: null }),
      cloud_provider: described(nullable(t.string), 'As the first request named it, or null.', { example: 'gcp' }),
      region: described(nullable(t.string), 'As the first request named it, or null.', { example: 'us-east1' }),
      created_at: described(timestamp, 'When the first request came.'),
      published_at: described(nullable(timestamp), 'When it first had a pull secret, or null.'),
      oldest_credential_at: described(
        nullable(timestamp),
        'When the oldest of its credentials that are not revoked was begun, or null.',
      ),
      ban: described(
        nullable(
          t.type(
            {
              reason: text('As whoever banned it said.', 'credentials found in a public build log'),
              banned_by: text('Who banned it.', 'sre'),
              banned_at: described(timestamp, 'When.'),
            },
            'the ban of a listed cluster',
          ),
        ),
        'Why it gets no pull secret, or null.',
        { example: null },
      ),
      registries: described(t.array(registryBody), 'Its credentials that are not revoked, by registry.'),
    },
    'a listed cluster',
  ),
  'A cluster as lists show it.',
  { title: 'Cluster' },
)

export type ClusterBody = t.TypeOf<typeof clusterBody>

export const clustersBody = described(
  t.type({ clusters: described(t.array(clusterBody), 'By id.'), next_cursor: nextCursor }, 'a page of clusters'),
  'A page of clusters.',
  { title: 'Clusters' },
)

export type ClustersBody = t.TypeOf<typeof clustersBody>

const toRegistryBody = (row: LivingCredential): t.TypeOf<typeof registryBody> => ({
  registry_id: row.registryId,
  state: row.state,
  generation: row.generation,
  created_at: timestampOf(row.createdAt),
  ...(row.problem === undefined ? {} : { problem: row.problem }),
  ...(row.stuckSince === undefined ? {} : { stuck_since: timestampOf(row.stuckSince) }),
})

export const toClusterBody = ({ credentials, ban, ...cluster }: ListedCluster): ClusterBody => ({
  cluster_id: cluster.id,
  state: cluster.state,
  incarnation: cluster.incarnation,
  external_id: cluster.externalId ?? null,
  cloud_provider: cluster.cloudProvider ?? null,
  region: cluster.region ?? null,
  created_at: timestampOf(cluster.createdAt),
  published_at: timestampOrNull(cluster.publishedAt),
  oldest_credential_at:
    credentials.length === 0 ? null : timestampOf(Math.min(...credentials.map(({ createdAt }) => createdAt))),
  ban:
    ban?.state === 'standing'
      ? { reason: ban.reason, banned_by: ban.bannedBy, banned_at: timestampOf(ban.bannedAt) }
      : null,
  registries: credentials.map(toRegistryBody),
})

export const toClustersBody = (page: ListPage<ListedCluster, string>): ClustersBody => ({
  clusters: page.items.map(toClusterBody),
  ...nextCursorOf(page, clusterCursor),
})
