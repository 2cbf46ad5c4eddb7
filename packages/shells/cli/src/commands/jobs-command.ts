import { type AnswerOf, type JobName, jobNames, type JobRunBody } from '@pull-secret/wire'
import { Argument, Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { runToItsEnd } from '../operations/run-to-its-end.ts'
import { presentJobRun } from '../presenters/present-job-run.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { exitOfJobRun } from './exit-of-job-run.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface RunOptions extends ParsedOptions {
  readonly output: OutputFormat
}

/** A run may take this long. */
const timeoutSeconds = 280

const runBodyOf = ({ body }: AnswerOf<'runJob'>): JobRunBody => body

const jobRunCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('run')))
    .description('run a job once, until nothing is due')
    .addArgument(new Argument('<job>', 'recovery: finish what requests left unfinished').choices(jobNames))
    .action((job: JobName, options: RunOptions) =>
      runCommand(context, () =>
        withOperations(
          context,
          options,
          async ({ perform }) => {
            const progress = makeProgress(context.processContext)
            progress.show(`running ${job}`)
            const run = await runToItsEnd(
              async () => E.map(runBodyOf)(await perform('runJob', { parameters: { name: job } }, { timeoutSeconds })),
              ({ summary }) => {
                progress.show(`running ${job}: ${String(summary['rows'] ?? 0)} rows so far`)
              },
            )
            progress.end()
            return outcomeOf(run, (body) => render(presentJobRun(body), options.output), exitOfJobRun)
          },
          { logging: 'configured' },
        ),
      ),
    )

export const jobsCommand = (context: CommandContext): Command =>
  new Command('jobs').description('run the background jobs of the service').addCommand(jobRunCommand(context))
