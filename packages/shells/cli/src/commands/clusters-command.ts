import type { AnswerOf, ClusterBody } from '@pull-secret/wire'
import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { presentCluster, presentClusters } from '../presenters/present-clusters.ts'
import { type NamedFormat, renderNamed } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { addListOptions, type ListOptions } from './list-options.ts'
import { type Moment, momentAgo } from './option-values.ts'
import { addOutputOption } from './output-options.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { showList } from './show-list.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

const states: ReadonlyArray<ClusterBody['state']> = ['live', 'deleting', 'deleted']

interface ClustersOptions extends ListOptions {
  readonly state?: ClusterBody['state']
  readonly cloudProvider?: string
  readonly region?: string
  readonly registry?: string
  readonly olderThan?: Moment
}

interface ShowOptions extends ParsedOptions {
  readonly output: NamedFormat
}

const itemsOf = ({ body }: AnswerOf<'listClusters'>) => ({ items: body.clusters, nextCursor: body.next_cursor })

const listCommand = (context: CommandContext): Command =>
  addListOptions(new Command('list'))
    .description('list clusters by id, with the age of their oldest credential and the states at their registries')
    .addOption(new Option('--state <state>', 'only clusters in this state').choices(states))
    .option('--cloud-provider <provider>', 'only clusters of this cloud provider')
    .option('--region <region>', 'only clusters in this region')
    .option('--registry <id>', 'only clusters with a credential at this registry')
    .option('--older-than <age>', 'only clusters with a credential older than this, such as 90d', momentAgo)
    .action(({ state, cloudProvider, region, registry, olderThan, ...options }: ClustersOptions) =>
      showList(context, options, {
        title: 'clusters',
        readPage: async (perform, page, now) => {
          const filter = { state, cloud_provider: cloudProvider, region, registry_id: registry }
          const query = { ...filter, created_before: olderThan?.(now), ...page }
          return E.map(itemsOf)(await perform('listClusters', { parameters: {}, query }))
        },
        present: presentClusters,
      }),
    )

const showCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('show'), ['name']))
    .description('show a cluster and its credentials that are not revoked, without tokens')
    .argument('<cluster>', 'id of the cluster')
    .action((clusterId: string, options: ShowOptions) =>
      runCommand(context, () =>
        withOperations(
          context,
          options,
          async ({ perform }) =>
            outcomeOf(await perform('showCluster', { parameters: { cluster_id: clusterId } }), ({ body }) =>
              renderNamed(presentCluster(body, context.processContext.now()), options.output),
            ),
          { readOnly: true },
        ),
      ),
    )

export const clustersCommand = (context: CommandContext): Command =>
  new Command('clusters')
    .description('list or show clusters')
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
