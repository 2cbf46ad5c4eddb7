import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandContext } from './command-context.ts'
import { addSecretOutputOptions, printPullSecret, refuseTerminal, type SecretOutput } from './print-pull-secret.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

type GetOptions = SecretOutput & ParsedOptions

export const getCommand = (context: CommandContext): Command =>
  addTargetOptions(addSecretOutputOptions(new Command('get')))
    .description('print the current pull secret of a cluster; its tokens only with --show-secret')
    .argument('<cluster>', 'id of the cluster')
    .action((clusterId: string, options: GetOptions) =>
      runCommand(context, async () => {
        const allowed = refuseTerminal(options, context.processContext)
        if (E.isLeft(allowed)) return allowed
        return withOperations(
          context,
          options,
          async ({ perform }) => {
            const request = { parameters: { cluster_id: clusterId }, query: { include_metadata: true } }
            return outcomeOf(await perform('retrievePullSecret', request), ({ body }) =>
              printPullSecret(body, options, context.processContext),
            )
          },
          { readOnly: true },
        )
      }),
    )
