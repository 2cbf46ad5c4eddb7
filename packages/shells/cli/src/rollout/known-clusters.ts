import type { AnswerOf, ClusterBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandAnswer, CommandOperations } from '../operations/operations.ts'
import { readList } from '../operations/read-list.ts'
import type { ProcessContext } from '../process-context.ts'
import type { RolloutEntry } from './read-rollout-list.ts'

/** What the service knows of a cluster of the list. */
export type Standing = 'existing' | 'missing' | 'deleted' | 'banned'

const itemsOf = ({ body }: AnswerOf<'listClusters'>) => ({ items: body.clusters, nextCursor: body.next_cursor })

/** Every cluster that the service knows, by id. A page is a request. */
export const readKnownClusters = async (
  { perform }: Pick<CommandOperations, 'perform'>,
  { sleep }: Pick<ProcessContext, 'sleep'>,
  onPage: (count: number) => void,
): CommandAnswer<ReadonlyMap<string, ClusterBody>> =>
  E.map(
    ({ items }: { readonly items: ReadonlyArray<ClusterBody> }) =>
      new Map(items.map((item) => [item.cluster_id, item])),
  )(
    await readList(
      {
        readPage: async (page) => E.map(itemsOf)(await perform('listClusters', { parameters: {}, query: page })),
        sleep,
        onPage,
      },
      Infinity,
    ),
  )

const hasAll = (cluster: ClusterBody, registryIds: ReadonlyArray<string>): boolean =>
  registryIds.every((id) =>
    cluster.registries.some((registry) => registry.registry_id === id && registry.state === 'active'),
  )

/** Whether a cluster has all that its line asks for. Once its document is published it is served for good. */
export const standingOf = (
  { clusterId, body: { registries = [], recreate } }: RolloutEntry,
  known: ReadonlyMap<string, ClusterBody>,
): Standing => {
  const cluster = known.get(clusterId)
  if (cluster === undefined) return 'missing'
  if (cluster.ban !== null) return 'banned'
  if (cluster.state !== 'live')
    return cluster.state === 'deleted' && recreate === cluster.incarnation ? 'missing' : 'deleted'
  return cluster.published_at !== null && hasAll(cluster, registries) ? 'existing' : 'missing'
}
