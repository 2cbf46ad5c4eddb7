import type { UseCases } from '@pull-secret/application'
import { toBanBody } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Api, RequestLimits } from './api.ts'
import { causeOf } from './cause-of.ts'
import { forCluster } from './for-cluster.ts'
import { operation } from './operation.ts'

type BanOperations = Pick<Api, 'banCluster' | 'unbanCluster' | 'showBan'>

export const banOperations = (
  { ban, unban, readBan }: Pick<UseCases, 'ban' | 'unban' | 'readBan'>,
  limits: RequestLimits,
): BanOperations => {
  const ofCluster = forCluster(limits)
  return {
    banCluster: operation('banCluster', ({ parameters, body: { reason } }, caller) =>
      ofCluster(parameters, (clusterId) =>
        pipe(
          ban({ clusterId, reason, cause: causeOf('ban', caller) }),
          TE.map((report) => ({ status: 200, body: toBanBody(report) })),
        ),
      ),
    ),
    unbanCluster: operation('unbanCluster', ({ parameters }, caller) =>
      ofCluster(parameters, (clusterId) =>
        pipe(
          unban(clusterId, causeOf('unban', caller)),
          TE.map((report) => ({ status: 200, body: toBanBody(report) })),
        ),
      ),
    ),
    showBan: operation('showBan', ({ parameters }) =>
      ofCluster(parameters, (clusterId) =>
        pipe(
          readBan(clusterId),
          TE.map((report) => ({ status: 200, body: toBanBody(report) })),
        ),
      ),
    ),
  }
}
