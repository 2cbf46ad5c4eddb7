import type { GenerateBody } from '@pull-secret/wire'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandContext } from './command-context.ts'
import { oneMore, positiveNumber } from './option-values.ts'
import { outcomeOf, perform } from './perform.ts'
import { addSecretOutputOptions, printPullSecret, refuseTerminal, type SecretOutput } from './print-pull-secret.ts'
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
    .description('give a cluster its pull secret, creating the credentials that it lacks; safe to repeat')
    .argument('<cluster>', 'id of the cluster')
    .option(
      '--registry <id>',
      'a registry that the cluster wants; may be repeated (default: every enabled one)',
      oneMore,
    )
    .option('--cloud-provider <name>', 'names the credentials, as gcp or aws do')
    .option('--region <name>', 'names the credentials, as us-east1 does')
    .option('--external-id <id>', 'what another system calls the cluster')
    .option('--recreate <incarnation>', 'let a deleted cluster live again: its last incarnation', positiveNumber)
    .action((clusterId: string, options: GenerateOptions) =>
      perform(context, async () => {
        const allowed = refuseTerminal(options, context.processContext)
        if (E.isLeft(allowed)) return allowed
        return withOperations(context, options, async ({ perform: ask }) => {
          const request = { parameters: { cluster_id: clusterId }, body: bodyOf(options) }
          return outcomeOf(await ask('generatePullSecret', request), ({ body }) => printPullSecret(body, options))
        })
      }),
    )
