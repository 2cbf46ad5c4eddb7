import { connectionFaults } from './connection-faults.ts'
import { sqlStateOf } from './sql-state.ts'

/** The classes of errors that PostgreSQL documents, and so all the values a label may have. */
const sqlStateClasses: ReadonlySet<string> = new Set(
  `03 08 09 0A 0B 0F 0L 0P 0Z 10 20 21 22 23 24 25 26 27 28 2B 2D 2F 34 38 39 3B 3D 3F 40 42 44 53 54 55 57 58
   72 F0 HV P0 XX`.split(/\s+/),
)

/** The class of a fault's code, for metrics: that of its SQLSTATE, `connection`, `pool` or `other`. */
export const faultClassOf = (code: string): string => {
  const sqlStateClass = sqlStateOf({ code })?.slice(0, 2)
  if (sqlStateClass !== undefined) return sqlStateClasses.has(sqlStateClass) ? sqlStateClass : 'other'
  if (code.startsWith('POOL_')) return 'pool'
  return Object.hasOwn(connectionFaults, code) ? 'connection' : 'other'
}
