import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type DeletionBody, deletionBodyOf } from '../presenters/deletion-body.ts'
import { presentDeletion } from '../presenters/present-deletion.ts'
import { unrevoked } from '../presenters/revocation-table.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { deleteUntilProved } from './delete-until-proved.ts'
import { positiveNumber } from './option-values.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { addWaitOptions, defaultTimeoutSeconds, faultOfWaitOptions, type WaitOptions } from './wait-options.ts'
import { withOperations } from './with-operations.ts'

interface DeleteOptions extends ParsedOptions, WaitOptions {
  readonly output: OutputFormat
  readonly incarnation?: number
}

const waitingFor = (deletion: DeletionBody): string =>
  deletion.status === 'deleted' ? '' : `waiting for ${unrevoked(deletion.registries)}`

export const deleteCommand = (context: CommandContext): Command =>
  addWaitOptions(
    addTargetOptions(addOutputOption(new Command('delete')))
      .description('revoke every credential of a cluster; idempotent')
      .argument('<cluster>', 'id of the cluster')
      .option('--incarnation <number>', 'delete only this incarnation', positiveNumber),
  ).action((clusterId: string, options: DeleteOptions) =>
    runCommand(context, async () => {
      const { incarnation, output, wait = false, timeout = defaultTimeoutSeconds } = options
      const fault = faultOfWaitOptions(options)
      if (fault !== undefined) return E.left(fault)
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
        const deletion = wait ? await deleteUntilProved({ remove, processContext, report }, timeout) : await remove()
        progress.end()
        return outcomeOf(
          deletion,
          (value) => render(presentDeletion(clusterId, value), output),
          ({ status }) => (status === 'deleted' ? 'ok' : 'underWay'),
        )
      })
    }),
  )
