import type { LedgerFault, Meter } from '@pull-secret/domain'
import type { SparingLog } from '@pull-secret/platform-node'
import { faultClassOf } from '@pull-secret/postgres'

export interface ReportDatabaseFaultDeps {
  readonly log: SparingLog
  readonly meter: Meter
}

/** Counts every fault of the database, and logs one a minute and code. */
export const makeReportDatabaseFault =
  ({ log, meter }: ReportDatabaseFaultDeps) =>
  ({ code, message }: LedgerFault): void => {
    meter.count('db_errors_total', { class: faultClassOf(code) })()
    log(`database ${code}`, 'error', message, { error_code: code })
  }
