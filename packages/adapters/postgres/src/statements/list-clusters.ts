import type { ClusterFilter, Instant, ListedCluster, LivingCredential, ViewedBan } from '@pull-secret/domain'
import { viewedBanColumns } from '../columns/ban-columns.ts'
import { clusterColumns } from '../columns/cluster-columns.ts'
import type { Columns } from '../columns/columns.ts'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import type { Connection } from '../connection.ts'
import { type Condition, wherePart } from './where-part.ts'

type ListedRow = Omit<ListedCluster, 'credentials' | 'ban'>

const credentials: Columns<LivingCredential> = {
  id: credentialColumns.id,
  registryId: credentialColumns.registryId,
  generation: credentialColumns.generation,
  state: credentialColumns.state,
  createdAt: credentialColumns.createdAt,
  problem: credentialColumns.problem,
  stuckSince: credentialColumns.stuckSince,
}

const clusters: Columns<ListedRow> = {
  id: clusterColumns.id,
  state: clusterColumns.state,
  incarnation: clusterColumns.incarnation,
  externalId: clusterColumns.externalId,
  cloudProvider: clusterColumns.cloudProvider,
  region: clusterColumns.region,
  createdAt: clusterColumns.createdAt,
  publishedAt: clusterColumns.publishedAt,
}

/**
 * The states as the indexes of the lists name them. The read that serves answers says the same in other words, so that
 * none of these indexes is ever planned for it.
 */
const living = `r.state in ('intended', 'ready', 'active', 'retiring', 'revoking')`

const withCredential = (condition: string): string =>
  `c.id in (select r.cluster_id from registry_credentials r where ${living} and ${condition})`

/** A time in the statement itself, which is then planned for how many rows are older. */
const momentInSql = (instant: Instant): string => `timestamptz '${new Date(instant).toISOString()}'`

const conditionsOf = (
  { createdBefore, ...filter }: ClusterFilter,
  after: string | undefined,
): ReadonlyArray<Condition> => [
  { value: filter.clusterId, sql: (value) => `c.id = ${value}` },
  { value: after, sql: (value) => `c.id > ${value}` },
  { value: filter.state, sql: (value) => `c.state = ${value}` },
  { value: filter.cloudProvider, sql: (value) => `c.cloud_provider = ${value}` },
  { value: filter.region, sql: (value) => `c.region = ${value}` },
  // From where the page begins: else every page would look through those before it.
  {
    value: filter.registryId === undefined ? undefined : [filter.registryId, after ?? ''],
    sql: (value) => withCredential(`r.registry_id = (${value}::text[])[1] and r.cluster_id > (${value}::text[])[2]`),
  },
  {
    value: createdBefore === undefined ? undefined : (after ?? ''),
    sql: (value) => withCredential(`r.created_at < ${momentInSql(createdBefore ?? 0)} and r.cluster_id > ${value}`),
  },
]

interface Row {
  readonly cluster: ListedRow
  readonly ban: ViewedBan | null
  readonly credentials: ReadonlyArray<LivingCredential>
}

/** A page of clusters in the order of their ids. */
export const listClusters = async (
  connection: Connection,
  filter: ClusterFilter,
  after: string | undefined,
  limit: number,
): Promise<ReadonlyArray<ListedCluster>> => {
  const { where, values, next } = wherePart(conditionsOf(filter, after))
  const text = `
    with page as materialized (select c.* from clusters c ${where} order by c.id limit ${next})
    select ${jsonRow(clusters, 'c')} as cluster, (
      select ${jsonRow(viewedBanColumns, 'b')} from cluster_bans b where b.cluster_id = c.id) as ban, (
      select coalesce(json_agg(${jsonRow(credentials, 'r')} order by r.registry_id, r.generation), '[]')
      from registry_credentials r where r.cluster_id = c.id and r.state <> 'revoked') as credentials
    from page c order by c.id`
  const rows = await connection.query<Row>(undefined, text, [...values, limit])
  return rows.map((row) => ({ ...row.cluster, ban: row.ban ?? undefined, credentials: row.credentials }))
}
