import type { BanBody } from '@pull-secret/wire'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { presentBan } from '../presenters/present-ban.ts'
import { unrevoked } from '../presenters/revocation-table.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { banUntilRevoked } from './ban-until-revoked.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { addWaitOptions, defaultTimeoutSeconds, faultOfWaitOptions, type WaitOptions } from './wait-options.ts'
import { withOperations } from './with-operations.ts'

interface BanOptions extends ParsedOptions, WaitOptions {
  readonly output: OutputFormat
  readonly reason: string
}

interface UnbanOptions extends ParsedOptions {
  readonly output: OutputFormat
}

const bodyOf = <L>(answer: E.Either<L, { readonly body: BanBody }>): E.Either<L, BanBody> =>
  E.isLeft(answer) ? answer : E.right(answer.right.body)

export const banCommand = (context: CommandContext): Command =>
  addWaitOptions(
    addTargetOptions(addOutputOption(new Command('ban')))
      .description('revoke every credential of a cluster and refuse it new ones; idempotent')
      .argument('<cluster>', 'id of the cluster, which need not exist yet')
      .requiredOption('--reason <text>', 'why, for people; shown to whoever asks for the pull secret'),
  ).action((clusterId: string, options: BanOptions) =>
    runCommand(context, async () => {
      const { output, reason, wait = false, timeout = defaultTimeoutSeconds } = options
      const fault = faultOfWaitOptions(options)
      if (fault !== undefined) return E.left(fault)
      return withOperations(context, options, async ({ perform }) => {
        const { processContext } = context
        const progress = makeProgress(processContext)
        const parameters = { cluster_id: clusterId }
        const ban = async () => bodyOf(await perform('banCluster', { parameters, body: { reason } }))
        const show = async () => bodyOf(await perform('showBan', { parameters }))
        const report = ({ registries }: BanBody): void => progress.show(`waiting for ${unrevoked(registries)}`)
        const answer = wait ? await banUntilRevoked({ ban, show, report, processContext }, timeout) : await ban()
        progress.end()
        return outcomeOf(
          answer,
          (value) => render(presentBan(value), output),
          ({ revoked }) => (revoked === true ? 'ok' : 'underWay'),
        )
      })
    }),
  )

export const unbanCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('unban')))
    .description('lift the ban of a cluster; its next generate creates new credentials')
    .argument('<cluster>', 'id of the cluster')
    .action((clusterId: string, options: UnbanOptions) =>
      runCommand(context, () =>
        withOperations(context, options, async ({ perform }) =>
          outcomeOf(await perform('unbanCluster', { parameters: { cluster_id: clusterId } }), ({ body }) =>
            render(presentBan(body), options.output),
          ),
        ),
      ),
    )
