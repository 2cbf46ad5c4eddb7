import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { loadSettings } from '../operations/load-settings.ts'
import { verifyAudit } from '../operations/verify-audit.ts'
import { presentAudit } from '../presenters/present-audit.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import { auditListCommand } from './audit-list-command.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addConfigOptions, type ParsedOptions, settingFlags } from './target-options.ts'

interface VerifyOptions extends ParsedOptions {
  readonly output: OutputFormat
}

const auditVerifyCommand = (context: CommandContext): Command =>
  addConfigOptions(addOutputOption(new Command('verify')), { listSettings: false })
    .description('recompute every chain of the audit in the configured database, and name the first break of each')
    .action((options: VerifyOptions) =>
      runCommand(context, async () => {
        const { stop } = context.processContext
        const config = await untilStopped(stop, () => loadSettings(settingFlags(options), context.processContext))
        if (E.isLeft(config)) return config
        const progress = makeProgress(context.processContext)
        progress.show('verifying the audit')
        const verified = await verifyAudit(config.right.database, ({ chains, records, brokenChains }) => {
          progress.show(
            `verifying the audit: ${String(chains)} chains, ${String(records)} records, ${String(brokenChains)} broken`,
          )
        })
        progress.end()
        return outcomeOf(
          verified,
          (verification) => render(presentAudit(verification), options.output),
          ({ brokenChains }) => (brokenChains === 0 ? 'ok' : 'checkFailed'),
        )
      }),
    )

export const auditCommand = (context: CommandContext): Command =>
  new Command('audit')
    .description('list or verify the audit')
    .addCommand(auditListCommand(context))
    .addCommand(auditVerifyCommand(context))
