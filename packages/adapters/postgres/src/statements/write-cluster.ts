import type { Cluster } from '@pull-secret/domain'
import type { Connection } from '../connection.ts'
import { epochMilliseconds, moment } from './moment.ts'

const insert = `
  insert into clusters (id, state, incarnation, external_id, cloud_provider, region, wants_all_registries, wanted_registries, sealed_fingerprint_key,
    published_at, next_attempt_at, created_at, created_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

const update = `
  update clusters set state = $2, incarnation = $3, external_id = $4, cloud_provider = $5, region = $6, wants_all_registries = $7, wanted_registries = $8,
    sealed_fingerprint_key = $9, published_at = $10, next_attempt_at = $11, created_at = $12, created_by = $13, updated_at = clock_timestamp()
  where id = $1 and state = $14 and incarnation = $15 and ${epochMilliseconds('next_attempt_at')} is not distinct from $16::bigint
  returning id`

const valuesOf = (cluster: Cluster): ReadonlyArray<unknown> => [
  cluster.id,
  cluster.state,
  cluster.incarnation,
  cluster.externalId,
  cluster.cloudProvider,
  cluster.region,
  cluster.wantsAllRegistries,
  cluster.wantedRegistries,
  cluster.sealedFingerprintKey,
  moment(cluster.publishedAt),
  moment(cluster.nextAttemptAt),
  moment(cluster.createdAt),
  cluster.createdBy,
]

export const insertCluster = async (connection: Connection, cluster: Cluster): Promise<void> => {
  await connection.query('insert-cluster', insert, valuesOf(cluster))
}

/**
 * Writes a cluster only if state, incarnation and due time, which enabling a registry moves without the cluster's
 * lock, are still what the decision was made on; says whether they were.
 */
export const updateCluster = async (connection: Connection, before: Cluster, after: Cluster): Promise<boolean> => {
  const written = await connection.query('update-cluster', update, [
    ...valuesOf(after),
    before.state,
    before.incarnation,
    before.nextAttemptAt,
  ])
  return written.length === 1
}
