import { type ClusterView, inOrder } from '@pull-secret/domain'
import { viewedBanColumns } from '../columns/ban-columns.ts'
import { viewedClusterColumns } from '../columns/cluster-columns.ts'
import { viewedCredentialColumns } from '../columns/credential-columns.ts'
import { epochMilliseconds } from '../columns/moment.ts'
import { plainColumns, plainRow } from '../columns/plain-row.ts'
import type { Connection } from '../connection.ts'

const shown = `${epochMilliseconds('clock_timestamp()')}::text as read_at,
    case when c.published_at is null then (select required_registries from deployment) end as required_registries,
    ${plainColumns(viewedClusterColumns, 'c')}, ${plainColumns(viewedBanColumns, 'b')},
    ${plainColumns(viewedCredentialColumns, 'r')}`

/**
 * One statement, so that a document never mixes two moments; plain columns, since building JSON costs the server more
 * than everything else here. The planner does not see how many ids a subselect gives, so it keeps one plan: with the
 * bare parameter it plans each time, which takes as long as the reading. `offset 0` has it look up the ban and the
 * credentials of one cluster after the other, by cluster_bans_pkey and idx_registry_credentials_cluster, where it would
 * read all of them of a young table. Last come the bans of ids without a cluster.
 */
const select = `
  with wanted as materialized (select $1::text[] as ids)
  select c.id as c_id, ${shown}
  from clusters c
    left join lateral (select * from cluster_bans o where o.cluster_id = c.id offset 0) b on true
    left join lateral (
      select * from registry_credentials o where o.cluster_id = c.id and o.state <> 'revoked' offset 0) r on true
  where c.id = any((select ids from wanted)::text[])
  union all
  select b.cluster_id, ${shown}
  from cluster_bans b left join clusters c on false left join registry_credentials r on false
  where b.cluster_id = any((select ids from wanted)::text[])
    and not exists (select from clusters o where o.id = b.cluster_id)`

const clusterOf = plainRow(viewedClusterColumns, 'c')
const banOf = plainRow(viewedBanColumns, 'b')
const credentialOf = plainRow(viewedCredentialColumns, 'r')

/** A cluster with one of its credentials, or with none, and its ban; or a ban alone. */
type ViewRow = Readonly<Record<string, unknown>>

/** The rows of each of these ids that has a cluster or a ban. */
export const selectViewRows = async (
  connection: Connection,
  clusterIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<unknown, ReadonlyArray<ViewRow>>> => {
  const rows = await connection.query<ViewRow>('view-clusters', select, [clusterIds])
  return Map.groupBy(rows, (row) => row['c_id'])
}

const isThere = (row: ViewRow | undefined, column: string): row is ViewRow =>
  row?.[column] !== null && row?.[column] !== undefined

export const clusterViewOf = (clusterId: string, rows: ReadonlyArray<ViewRow> = []): ClusterView => ({
  clusterId,
  readAt: Number(rows[0]?.['read_at'] ?? 0),
  cluster: isThere(rows[0], 'c_state') ? clusterOf(rows[0]) : undefined,
  ban: isThere(rows[0], 'b_state') ? banOf(rows[0]) : undefined,
  credentials: rows
    .filter((row) => isThere(row, 'r_id'))
    .map(credentialOf)
    .sort(inOrder),
  requiredRegistries: (rows[0]?.['required_registries'] ?? undefined) as ReadonlyArray<string> | undefined,
})
