import type { Cause } from '@pull-secret/domain'

export const aCause = (given: Partial<Cause> = {}): Cause => ({
  subject: 'system:serviceaccount:adapters:gcp',
  reason: 'cluster_provisioning',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  ...given,
})
