import type { Cluster } from '@pull-secret/domain'
import { clusterColumns } from '../columns/cluster-columns.ts'
import { epochMilliseconds } from '../columns/moment.ts'
import { assignments, insertInto, valuesOf, writtenColumns } from '../columns/written-columns.ts'
import type { Connection } from '../connection.ts'

const columns = writtenColumns(clusterColumns)
const changing = columns.filter(({ isFinal }) => !isFinal)

const names = columns.map(({ column }) => column)
const insert = insertInto('clusters', names)

const update = `
  update clusters set ${assignments(changing, 5)}, updated_at = clock_timestamp()
  where id = $1 and state = $2 and incarnation = $3
    and ${epochMilliseconds('next_attempt_at')} is not distinct from $4::bigint
  returning id`

export const insertCluster = async (connection: Connection, cluster: Cluster): Promise<void> => {
  await connection.query('insert-cluster', insert, valuesOf(columns, cluster))
}

/**
 * Writes a cluster only if state, incarnation and due time, which a process of the release before may move
 * without the cluster's lock, are still what the decision was made on; says whether they were.
 */
export const updateCluster = async (connection: Connection, before: Cluster, after: Cluster): Promise<boolean> => {
  const written = await connection.query('update-cluster', update, [
    before.id,
    before.state,
    before.incarnation,
    before.nextAttemptAt,
    ...valuesOf(changing, after),
  ])
  return written.length === 1
}
