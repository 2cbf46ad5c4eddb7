import type { LedgerFault } from '@pull-secret/domain'
import type { StartFault } from './start-fault.ts'

/** A fault of the database as the reason why a root cannot be opened. */
export const startFaultOf = ({ message, isLasting }: LedgerFault): StartFault => ({
  field: 'database',
  message,
  mayPass: !isLasting,
})
