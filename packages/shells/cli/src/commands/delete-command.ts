import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { usageFailure } from '../failures/command-failure.ts'
import { type DeletionBody, deletionBodyOf } from '../presenters/deletion-body.ts'
import { presentDeletion } from '../presenters/present-deletion.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { deleteUntilProved } from './delete-until-proved.ts'
import { positiveNumber } from './option-values.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface DeleteOptions extends ParsedOptions {
  readonly output: OutputFormat
  readonly incarnation?: number
  readonly wait?: boolean
  readonly timeout?: number
}

const defaultTimeoutSeconds = 300

const waitingFor = (deletion: DeletionBody): string =>
  deletion.status === 'deleted'
    ? ''
    : `waiting for ${Object.entries(deletion.registries)
        .filter(([, { status }]) => status !== 'revoked')
        .map(([id, { status }]) => `${id} (${status})`)
        .join(', ')}`

export const deleteCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('delete')))
    .description('revoke every credential of a cluster; idempotent')
    .argument('<cluster>', 'id of the cluster')
    .option('--incarnation <number>', 'delete only this incarnation', positiveNumber)
    .option('--wait', 'wait until every credential is proved revoked')
    .option(
      '--timeout <seconds>',
      `with --wait: maximum time to wait (default: ${String(defaultTimeoutSeconds)})`,
      positiveNumber,
    )
    .action((clusterId: string, options: DeleteOptions) =>
      runCommand(context, async () => {
        const { incarnation, output, wait = false, timeout } = options
        if (timeout !== undefined && !wait)
          return E.left(usageFailure('--timeout needs --wait', 'without --wait the command does not wait'))
        return withOperations(context, options, async ({ perform }) => {
          const { processContext } = context
          const progress = makeProgress(processContext)
          const remove = async (begun = incarnation) =>
            E.map(deletionBodyOf)(
              await perform('deletePullSecret', {
                parameters: { cluster_id: clusterId },
                query: { incarnation: begun },
              }),
            )
          const report = (soFar: DeletionBody): void => progress.show(waitingFor(soFar))
          const deletion = wait
            ? await deleteUntilProved({ remove, processContext, report }, timeout ?? defaultTimeoutSeconds)
            : await remove()
          progress.end()
          return outcomeOf(
            deletion,
            (value) => render(presentDeletion(clusterId, value), output),
            ({ status }) => (status === 'deleted' ? 'ok' : 'underWay'),
          )
        })
      }),
    )
