import type { LedgerFault } from '@pull-secret/domain'

/** A setting, or the file that it names, with which no connection can be made. */
export class DatabaseSettingError extends Error {
  readonly fault: LedgerFault

  constructor(code: string, message: string) {
    super(message)
    this.fault = { code, message, isLasting: true }
  }
}
