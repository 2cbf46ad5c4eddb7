import type { Cluster } from '../clusters/cluster.ts'
import { now } from './now.ts'

/** A live cluster in its first life that wants every registry and has published nothing. */
export const aCluster = (given: Partial<Cluster> = {}): Cluster => ({
  id: 'cls-abc123',
  version: 1,
  state: 'live',
  incarnation: 1,
  wantsAllRegistries: true,
  wantedRegistries: [],
  servedRegistries: [],
  epoch: 0,
  sealedFingerprintKey: 'sealed',
  createdAt: now,
  createdBy: 'adapter',
  ...given,
})
