import type { AnsweredError } from '@pull-secret/wire'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RequestLimits } from './api.ts'
import { badClusterId, isClusterId } from './cluster-id.ts'

/** Work about the cluster that a path names, if its id is one of this deployment's. */
export const forCluster =
  (limits: RequestLimits) =>
  <A>(
    { cluster_id: clusterId }: Readonly<Record<string, string>>,
    work: (clusterId: string) => TE.TaskEither<AnsweredError, A>,
  ): TE.TaskEither<AnsweredError, A> =>
    isClusterId(clusterId, limits) ? work(clusterId) : TE.left(badClusterId(limits))
