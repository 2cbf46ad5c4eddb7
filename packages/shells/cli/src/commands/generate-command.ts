import type { GenerateBody } from '@pull-secret/wire'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandContext } from './command-context.ts'
import { collectValue, positiveNumber } from './option-values.ts'
import { addSecretOutputOptions, printPullSecret, refuseTerminal, type SecretOutput } from './print-pull-secret.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface GenerateOptions extends SecretOutput, ParsedOptions {
  readonly registry?: ReadonlyArray<string>
  readonly cloudProvider?: string
  readonly region?: string
  readonly externalId?: string
  readonly recreate?: number
}

const bodyOf = ({ registry, cloudProvider, region, externalId, recreate }: GenerateOptions): GenerateBody => ({
  registries: registry,
  cloud_provider: cloudProvider,
  region,
  cluster_external_id: externalId,
  recreate,
  on_rotation: 'return_current',
})

export const generateCommand = (context: CommandContext): Command =>
  addTargetOptions(addSecretOutputOptions(new Command('generate')))
    .description('create the missing credentials of a cluster and print its pull secret; idempotent')
    .argument('<cluster>', 'id of the cluster')
    .option('--registry <id>', 'a registry for the cluster; repeatable (default: every enabled registry)', collectValue)
    .option('--cloud-provider <name>', 'part of the names of credentials, such as gcp or aws')
    .option('--region <name>', 'part of the names of credentials, such as us-east1')
    .option('--external-id <id>', 'id of the cluster in another system')
    .option('--recreate <incarnation>', 'recreate a deleted cluster: its last incarnation', positiveNumber)
    .action((clusterId: string, options: GenerateOptions) =>
      runCommand(context, async () => {
        const allowed = refuseTerminal(options, context.processContext)
        if (E.isLeft(allowed)) return allowed
        return withOperations(context, options, async ({ perform }) => {
          const request = { parameters: { cluster_id: clusterId }, body: bodyOf(options) }
          return outcomeOf(await perform('generatePullSecret', request), ({ body }) =>
            printPullSecret(body, options, context.processContext),
          )
        })
      }),
    )
