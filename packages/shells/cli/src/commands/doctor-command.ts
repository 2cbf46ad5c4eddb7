import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { examine } from '../doctor/examine.ts'
import { presentChecks } from '../presenters/present-checks.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { targetOf } from './with-operations.ts'

interface DoctorOptions extends ParsedOptions {
  readonly output: OutputFormat
}

export const doctorCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('doctor')))
    .description('check the installation, or a server; prints no secrets')
    .action((options: DoctorOptions) =>
      runCommand(context, async () => {
        const { processContext, version } = context
        const target = targetOf(options, processContext)
        if (E.isLeft(target)) return target
        const progress = makeProgress(processContext)
        progress.show('checking')
        const checks = await untilStopped(processContext.stop, async () =>
          E.right(await examine(target.right, processContext, version)),
        )
        progress.end()
        return outcomeOf(
          checks,
          (made) => render(presentChecks(made), options.output),
          (made) => (made.some(({ status }) => status === 'failed') ? 'checkFailed' : 'ok'),
        )
      }),
    )
