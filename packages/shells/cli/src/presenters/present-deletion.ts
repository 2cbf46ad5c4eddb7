import type { DeletionBody } from './deletion-body.ts'
import { revocationTable } from './revocation-table.ts'
import type { View } from './view.ts'

const inProgress = (clusterId: string): string =>
  `The deletion of cluster ${clusterId} is in progress: the service continues until every credential is proved revoked.`

/** The state of a deletion. */
export const presentDeletion = (clusterId: string, deletion: DeletionBody): View => ({
  text:
    deletion.status === 'deleted'
      ? `Cluster ${clusterId} is deleted: every credential is proved revoked.\n`
      : `${inProgress(clusterId)}\n\n${revocationTable(deletion.registries)}`,
  data: { cluster_id: clusterId, ...deletion },
})
