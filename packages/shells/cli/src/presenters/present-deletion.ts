import type { DeletingBody } from '@pull-secret/wire'
import type { DeletionBody } from './deletion-body.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

const registryTable = ({ registries }: DeletingBody): string =>
  table(
    ['REGISTRY', 'STATUS', 'SETTLES', 'STUCK', 'PROBLEM'],
    Object.entries(registries).map(([id, { status, settling_until: settles, stuck, problem }]) => [
      id,
      status,
      settles,
      stuck === undefined ? 'no' : 'yes',
      problem,
    ]),
  )

const inProgress = (clusterId: string): string =>
  `The deletion of cluster ${clusterId} is in progress: the service continues until every credential is proved revoked.`

/** The state of a deletion. */
export const presentDeletion = (clusterId: string, deletion: DeletionBody): View => ({
  text:
    deletion.status === 'deleted'
      ? `Cluster ${clusterId} is deleted: every credential is proved revoked.\n`
      : `${inProgress(clusterId)}\n\n${registryTable(deletion)}`,
  data: { cluster_id: clusterId, ...deletion },
})
