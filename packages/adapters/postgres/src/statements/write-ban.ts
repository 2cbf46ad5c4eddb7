import type { Ban } from '@pull-secret/domain'
import { banColumns } from '../columns/ban-columns.ts'
import { assignments, insertInto, valuesOf, writtenColumns } from '../columns/written-columns.ts'
import type { Connection } from '../connection.ts'
import { ledgerProtocol } from '../ledger-protocol.ts'

const columns = writtenColumns(banColumns)
const changing = columns.filter(({ isFinal }) => !isFinal)

const insert = insertInto(
  'cluster_bans',
  columns.map(({ column }) => column),
)

const update = `
  update cluster_bans set ${assignments(changing, 3)}
  where cluster_id = $1 and version = $2
  returning cluster_id`

const raiseMinimumWriter = `
  update deployment set minimum_writer = ${String(ledgerProtocol)}
  where minimum_writer < ${String(ledgerProtocol)}`

/** A release that knows no bans would give a banned id credentials. */
const keepOlderReleasesOut = async (connection: Connection): Promise<void> => {
  await connection.query('raise-minimum-writer', raiseMinimumWriter, [])
}

/** Writes a ban only if it is still what the decision was made on; says whether it was. */
export const writeBan = async (connection: Connection, before: Ban | undefined, after: Ban): Promise<boolean> => {
  await keepOlderReleasesOut(connection)
  if (before === undefined) {
    await connection.query('insert-ban', insert, valuesOf(columns, after))
    return true
  }
  const written = await connection.query('update-ban', update, [
    before.clusterId,
    before.version,
    ...valuesOf(changing, after),
  ])
  return written.length === 1
}
