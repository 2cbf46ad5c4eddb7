import type { Cluster } from '@pull-secret/domain'
import { clusterColumns } from '../columns/cluster-columns.ts'
import { assignments, insertInto, valuesOf, writtenColumns } from '../columns/written-columns.ts'
import type { Connection } from '../connection.ts'

const columns = writtenColumns(clusterColumns)
const changing = columns.filter(({ isFinal }) => !isFinal)

const names = columns.map(({ column }) => column)
const insert = insertInto('clusters', names)

const update = `
  update clusters set ${assignments(changing, 3)}, updated_at = clock_timestamp()
  where id = $1 and version = $2
  returning id`

export const insertCluster = async (connection: Connection, cluster: Cluster): Promise<void> => {
  await connection.query('insert-cluster', insert, valuesOf(columns, cluster))
}

/** Writes a cluster only if it is still what the decision was made on; says whether it was. */
export const updateCluster = async (connection: Connection, before: Cluster, after: Cluster): Promise<boolean> => {
  const written = await connection.query('update-cluster', update, [
    before.id,
    before.version,
    ...valuesOf(changing, after),
  ])
  return written.length === 1
}
