import type { Cluster } from '../clusters/cluster.ts'
import type { Credential } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { ClusterView } from '../ledger/ledger-reads.ts'
import { now } from './now.ts'

/** What the ledger holds for one cluster, and how it is read. */
export const aClusterLedger = (
  cluster: Cluster | undefined,
  ...credentials: ReadonlyArray<Credential>
): ClusterLedger & ClusterView => ({
  readAt: now,
  clusterId: 'cls-abc123',
  cluster,
  credentials,
  epoch: 0,
  generations: Object.fromEntries(credentials.map((row) => [row.registryId, row.generation])),
})
