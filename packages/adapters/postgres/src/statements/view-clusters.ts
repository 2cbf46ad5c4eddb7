import { type ClusterView, inOrder } from '@pull-secret/domain'
import { viewedBanColumns } from '../columns/ban-columns.ts'
import { viewedClusterColumns } from '../columns/cluster-columns.ts'
import { viewedCredentialColumns } from '../columns/credential-columns.ts'
import { epochMilliseconds } from '../columns/moment.ts'
import { plainColumns, plainRow } from '../columns/plain-row.ts'
import type { Connection } from '../connection.ts'

/**
 * One statement, so that a document never mixes two moments; plain columns, since building JSON costs the server more
 * than everything else here. The planner does not see how many ids a subselect gives, so it keeps one plan: with the
 * bare parameter it plans each time, which takes as long as the reading. `offset 0` has it look up the ban and the
 * credentials of one cluster after the other, by cluster_bans_pkey and idx_registry_credentials_cluster, where it would
 * read all of them of a young table.
 */
const select = `
  select c.id as c_id, ${epochMilliseconds('clock_timestamp()')}::text as read_at,
    case when c.published_at is null then (select required_registries from deployment) end as required_registries,
    ${plainColumns(viewedClusterColumns, 'c')}, ${plainColumns(viewedBanColumns, 'b')},
    ${plainColumns(viewedCredentialColumns, 'r')}
  from clusters c
    left join lateral (select * from cluster_bans o where o.cluster_id = c.id offset 0) b on true
    left join lateral (
      select * from registry_credentials o where o.cluster_id = c.id and o.state <> 'revoked' offset 0) r on true
  where c.id = any((select $1::text[])::text[])`

/** Of ids without a cluster, whose ban is all that there is. */
const selectBans = `
  select b.cluster_id as c_id, ${epochMilliseconds('clock_timestamp()')}::text as read_at,
    ${plainColumns(viewedBanColumns, 'b')}
  from cluster_bans b where b.cluster_id = any((select $1::text[])::text[])`

const clusterOf = plainRow(viewedClusterColumns, 'c')
const banOf = plainRow(viewedBanColumns, 'b')
const credentialOf = plainRow(viewedCredentialColumns, 'r')

/** A cluster with one of its credentials, or with none, and its ban; or a ban alone. */
type ViewRow = Readonly<Record<string, unknown>>

export type ViewRows = ReadonlyMap<unknown, ReadonlyArray<ViewRow>>

const byId = (rows: ReadonlyArray<ViewRow>): ViewRows => Map.groupBy(rows, (row) => row['c_id'])

/** The rows of each of these clusters that exists. */
export const selectViewRows = async (connection: Connection, clusterIds: ReadonlyArray<string>): Promise<ViewRows> =>
  byId(await connection.query<ViewRow>('view-clusters', select, [clusterIds]))

/** The bans of those of these ids that have one. */
export const selectBanRows = async (connection: Connection, clusterIds: ReadonlyArray<string>): Promise<ViewRows> =>
  byId(await connection.query<ViewRow>('view-bans', selectBans, [clusterIds]))

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
