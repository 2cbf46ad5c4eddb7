import type { UseCases } from '@pull-secret/application'
import {
  defaultLimit,
  toAuditBody,
  toClusterBody,
  toClustersBody,
  toReplicasBody,
  toStuckBody,
} from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Api, RequestLimits } from './api.ts'
import { forCluster } from './for-cluster.ts'
import { operation } from './operation.ts'

type ListOperations = Pick<Api, 'listClusters' | 'showCluster' | 'listStuck' | 'listAuditLog' | 'listReplicas'>

const pageOf = <Position>({
  cursor,
  limit = defaultLimit,
}: {
  readonly cursor?: Position
  readonly limit?: number
}) => ({
  after: cursor,
  limit,
})

/** Lists for operators. */
export const listOperations = ({ list }: Pick<UseCases, 'list'>, limits: RequestLimits): ListOperations => ({
  listClusters: operation('listClusters', ({ query }) =>
    pipe(
      list.clusters(
        {
          state: query.state,
          cloudProvider: query.cloud_provider,
          region: query.region,
          registryId: query.registry_id,
          createdBefore: query.created_before,
        },
        pageOf(query),
      ),
      TE.map((page) => ({ status: 200, body: toClustersBody(page) })),
    ),
  ),
  showCluster: operation('showCluster', ({ parameters }) =>
    forCluster(limits)(parameters, (clusterId) =>
      pipe(
        list.cluster(clusterId),
        TE.map((found) => ({ status: 200, body: toClusterBody(found) })),
      ),
    ),
  ),
  listStuck: operation('listStuck', ({ query }) =>
    pipe(
      list.troubled(pageOf(query)),
      TE.map((page) => ({ status: 200, body: toStuckBody(page) })),
    ),
  ),
  listAuditLog: operation('listAuditLog', ({ query }) =>
    pipe(
      list.audit(
        {
          clusterId: query.cluster_id,
          subject: query.subject,
          action: query.action,
          from: query.from,
          until: query.until,
        },
        pageOf(query),
      ),
      TE.map((page) => ({ status: 200, body: toAuditBody(page) })),
    ),
  ),
  listReplicas: operation('listReplicas', () =>
    pipe(
      list.replicas,
      TE.map((replicas) => ({ status: 200, body: toReplicasBody(replicas) })),
    ),
  ),
})
