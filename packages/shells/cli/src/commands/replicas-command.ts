import { Command } from 'commander'
import { presentReplicas } from '../presenters/present-replicas.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface ReplicasOptions extends ParsedOptions {
  readonly output: OutputFormat
}

export const replicasCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('replicas')))
    .description('list the processes that write the ledger, with their versions and keys')
    .action((options: ReplicasOptions) =>
      runCommand(context, () =>
        withOperations(
          context,
          options,
          async ({ perform }) =>
            outcomeOf(await perform('listReplicas', { parameters: {} }), ({ body }) =>
              render(presentReplicas(body, context.processContext.now()), options.output),
            ),
          { readOnly: true },
        ),
      ),
    )
