import type { Cluster } from '../clusters/cluster.ts'
import type { Credential } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'

/** What the ledger holds for one cluster. */
export const aClusterLedger = (
  cluster: Cluster | undefined,
  ...credentials: ReadonlyArray<Credential>
): ClusterLedger => ({
  clusterId: 'cls-abc123',
  cluster,
  credentials,
  generations: Object.fromEntries(credentials.map((row) => [row.registryId, row.generation])),
})
