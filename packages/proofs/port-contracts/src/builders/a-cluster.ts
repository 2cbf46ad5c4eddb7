import type { Cluster } from '@pull-secret/domain'

export const aCluster = (given: Partial<Cluster> = {}): Cluster => ({
  id: 'cls-abc123',
  state: 'live',
  incarnation: 1,
  wantsAllRegistries: true,
  wantedRegistries: [],
  sealedFingerprintKey: 'sealed',
  createdAt: Date.parse('2026-03-01T12:00:00Z'),
  createdBy: 'system:serviceaccount:adapters:gcp',
  ...given,
})
