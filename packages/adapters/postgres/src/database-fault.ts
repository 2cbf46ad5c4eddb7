import type { LedgerFault } from '@pull-secret/domain'
import { connectionFaults } from './connection-faults.ts'
import type { DatabasePlace } from './database-place.ts'
import { failureCodeOf } from './failure-code.ts'
import { type FaultRow, lasting, passing } from './fault-row.ts'
import { sqlStateOf } from './sql-state.ts'
import { sqlStateClassFaults, sqlStateFaults } from './sql-state-faults.ts'

const rowIn = (rows: Readonly<Record<string, FaultRow>>, key: string): FaultRow | undefined =>
  Object.hasOwn(rows, key) ? rows[key] : undefined

/** No row knows the code. Nobody can say that trying again is in vain. */
const unknownFault = passing('{at} fails with {code}')

/** What is no fault of the database, nor of the way to it. */
const ownFaults: Readonly<Record<string, FaultRow>> = {
  OUTDATED_WRITER: lasting(
    '{database} at {place} is written by a later release that this one must not mix with: upgrade this replica',
  ),
}

const knownRow = (code: string): FaultRow | undefined =>
  rowIn(sqlStateFaults, code) ??
  rowIn(connectionFaults, code) ??
  rowIn(ownFaults, code) ??
  (sqlStateOf({ code }) === undefined ? undefined : rowIn(sqlStateClassFaults, code.slice(0, 2)))

const wordsOf = (code: string, { host, port, role, database, caFile }: DatabasePlace) => {
  const place = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`
  return {
    code,
    host,
    place,
    at: `the database at ${place}`,
    role: `role "${role}"`,
    database: `database "${database}"`,
    authority:
      caFile === undefined
        ? 'name the file of its authority under database.tls'
        : `put its authority into ${caFile}, which database.tls names`,
  }
}

/** What an error of the database, or of the way to it, means for who has to mend it. Repeats none of its text. */
export const databaseFault = (error: unknown, place: DatabasePlace): LedgerFault => {
  const code = failureCodeOf(error)
  const { isLasting, sentence } = knownRow(code) ?? unknownFault
  const words: Readonly<Record<string, string>> = wordsOf(code, place)
  return { code, isLasting, message: sentence.replaceAll(/\{(\w+)\}/g, (gap, name: string) => words[name] ?? gap) }
}

/** Whether the database is away for now, so that waiting may help. A code that no row knows may be a bug of ours. */
export const isOutage = ({ code, isLasting }: LedgerFault): boolean => !isLasting && knownRow(code) !== undefined
