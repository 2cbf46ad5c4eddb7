import { type ClusterView, inOrder } from '@pull-secret/domain'
import { viewedClusterColumns } from '../columns/cluster-columns.ts'
import { viewedCredentialColumns } from '../columns/credential-columns.ts'
import { epochMilliseconds } from '../columns/moment.ts'
import { plainColumns, plainRow } from '../columns/plain-row.ts'
import type { Connection } from '../connection.ts'

/**
 * One statement, so that a document never mixes two moments; plain columns, since building JSON costs the server more
 * than everything else here. The planner does not see how many ids a subselect gives, so it keeps one plan: with the
 * bare parameter it plans each time, which takes as long as the reading. `offset 0` has it look up the credentials of
 * one cluster after the other, by idx_registry_credentials_cluster, where it would read all of them of a young table.
 */
const select = `
  select c.id as c_id, ${epochMilliseconds('clock_timestamp()')}::text as read_at,
    case when c.published_at is null then (select required_registries from deployment) end as required_registries,
    ${plainColumns(viewedClusterColumns, 'c')}, ${plainColumns(viewedCredentialColumns, 'r')}
  from clusters c left join lateral (
    select * from registry_credentials o where o.cluster_id = c.id and o.state <> 'revoked' offset 0) r on true
  where c.id = any((select $1::text[])::text[])`

const clusterOf = plainRow(viewedClusterColumns, 'c')
const credentialOf = plainRow(viewedCredentialColumns, 'r')

/** A cluster with one of its credentials, or with none. */
type ViewRow = Readonly<Record<string, unknown>>

/** The rows of each of these clusters that exists. */
export const selectViewRows = async (
  connection: Connection,
  clusterIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<unknown, ReadonlyArray<ViewRow>>> => {
  const rows = await connection.query<ViewRow>('view-clusters', select, [clusterIds])
  return Map.groupBy(rows, (row) => row['c_id'])
}

export const clusterViewOf = (clusterId: string, rows: ReadonlyArray<ViewRow> = []): ClusterView => ({
  clusterId,
  readAt: Number(rows[0]?.['read_at'] ?? 0),
  cluster: rows[0] === undefined ? undefined : clusterOf(rows[0]),
  credentials: rows
    .filter((row) => row['r_id'] !== null)
    .map(credentialOf)
    .sort(inOrder),
  requiredRegistries: (rows[0]?.['required_registries'] ?? undefined) as ReadonlyArray<string> | undefined,
})
