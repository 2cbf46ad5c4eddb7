import type { DeletingBody } from '@pull-secret/wire'
import type { Deletion } from '../operations/operations.ts'
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

/** How far the revocation of a cluster's credentials is. */
export const presentDeletion = (clusterId: string, deletion: Deletion): View => ({
  text:
    deletion.status === 'deleted'
      ? `Cluster ${clusterId} is deleted: every credential is proved revoked.\n`
      : `Cluster ${clusterId} is being deleted; the service goes on until every credential is proved revoked.\n\n${registryTable(deletion)}`,
  data: { cluster_id: clusterId, ...deletion },
})
