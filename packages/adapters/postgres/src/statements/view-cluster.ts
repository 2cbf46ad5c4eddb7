import type { ClusterView } from '@pull-secret/domain'
import { viewedClusterColumns } from '../columns/cluster-columns.ts'
import { viewedCredentialColumns } from '../columns/credential-columns.ts'
import { plainColumns, plainRow } from '../columns/plain-row.ts'
import type { Connection } from '../connection.ts'

/**
 * One statement, so that a document never mixes two moments; plain columns, since building JSON costs the server more
 * than everything else here.
 */
const select = `
  select ${plainColumns(viewedClusterColumns, 'c')}, ${plainColumns(viewedCredentialColumns, 'r')}
  from clusters c left join registry_credentials r on r.cluster_id = c.id and r.state <> 'revoked'
  where c.id = $1`

const clusterOf = plainRow(viewedClusterColumns, 'c')
const credentialOf = plainRow(viewedCredentialColumns, 'r')

export const viewCluster = async (connection: Connection, clusterId: string): Promise<ClusterView> => {
  const rows = await connection.query<Readonly<Record<string, unknown>>>('view-cluster', select, [clusterId])
  return {
    clusterId,
    cluster: rows[0] === undefined ? undefined : clusterOf(rows[0]),
    credentials: rows.filter((row) => row['r_id'] !== null).map(credentialOf),
  }
}
