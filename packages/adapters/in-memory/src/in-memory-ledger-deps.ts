import type { Clock } from '@pull-secret/domain'
import type { LedgerTables } from './ledger-tables.ts'

export interface InMemoryLedgerDeps {
  /** Share them between adapters to have several replicas of one database. */
  readonly tables: LedgerTables
  /** The ledger's own clock. */
  readonly clock: Pick<Clock, 'now'>
}
