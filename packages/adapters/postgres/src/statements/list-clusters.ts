import type { ClusterFilter, ListedCluster, LivingCredential } from '@pull-secret/domain'
import { clusterColumns } from '../columns/cluster-columns.ts'
import type { Columns } from '../columns/columns.ts'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import { moment } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'
import { type Condition, wherePart } from './where-part.ts'

type ListedRow = Omit<ListedCluster, 'credentials'>

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

const livingCredential = (condition: string): string =>
  `exists (select from registry_credentials r where r.cluster_id = c.id and r.state <> 'revoked' and ${condition})`

const conditionsOf = (filter: ClusterFilter, after: string | undefined): ReadonlyArray<Condition> => [
  { name: 'id', value: filter.clusterId, sql: (value) => `c.id = ${value}` },
  { name: 'after', value: after, sql: (value) => `c.id > ${value}` },
  { name: 'state', value: filter.state, sql: (value) => `c.state = ${value}` },
  { name: 'provider', value: filter.cloudProvider, sql: (value) => `c.cloud_provider = ${value}` },
  { name: 'region', value: filter.region, sql: (value) => `c.region = ${value}` },
  { name: 'registry', value: filter.registryId, sql: (value) => livingCredential(`r.registry_id = ${value}`) },
  { name: 'older', value: moment(filter.createdBefore), sql: (value) => livingCredential(`r.created_at < ${value}`) },
]

interface Row {
  readonly cluster: ListedRow
  readonly credentials: ReadonlyArray<LivingCredential>
}

/** A page of clusters in the order of their ids. */
export const listClusters = async (
  connection: Connection,
  filter: ClusterFilter,
  after: string | undefined,
  limit: number,
): Promise<ReadonlyArray<ListedCluster>> => {
  const { name, where, values, next } = wherePart(conditionsOf(filter, after))
  const text = `
    select ${jsonRow(clusters, 'c')} as cluster, (
      select coalesce(json_agg(${jsonRow(credentials, 'r')} order by r.registry_id, r.generation), '[]')
      from registry_credentials r where r.cluster_id = c.id and r.state <> 'revoked') as credentials
    from clusters c ${where} order by c.id limit ${next}`
  const rows = await connection.query<Row>(`list-clusters ${name}`, text, [...values, limit])
  return rows.map((row) => ({ ...row.cluster, credentials: row.credentials }))
}
