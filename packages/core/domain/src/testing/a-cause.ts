import type { Cause } from '../audit/audit-record.ts'

export const aCause = (given: Partial<Cause> = {}): Cause => ({
  subject: 'adapter',
  reason: 'cluster_provisioning',
  traceId: 'trace',
  ...given,
})
