import type { Config } from '@pull-secret/config'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { loadSettings } from '../operations/load-settings.ts'
import { harmless } from '../output/harmless.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { type CommandResult, runCommand } from './run-command.ts'
import { addConfigOptions, type ParsedOptions, settingFlags } from './target-options.ts'

interface ServeOptions extends ParsedOptions {
  readonly migrate?: boolean
}

const notStarted: CommandFailure = {
  code: 'NOT_STARTED',
  exit: 'internal',
  message: 'the service did not start',
  hint: 'run pull-secret doctor to check the installation',
}

const run = async ({ processContext, version }: CommandContext, config: Config, migrates: boolean): CommandResult => {
  const { runServer } = await import('@pull-secret/server')
  const code = await runServer(config, {
    version,
    migrates,
    logStream: processContext.stdout,
    stop: processContext.stop,
    reportFault: (sentence) => {
      processContext.stderr.write(harmless(`error: ${sentence}\n`))
    },
  })
  return code === 0 ? E.right({ printed: '', exit: 'ok' }) : E.left(notStarted)
}

const serve = async (context: CommandContext, options: ServeOptions): CommandResult => {
  const { stop } = context.processContext
  const config = await untilStopped(stop, () => loadSettings(settingFlags(options), context.processContext))
  if (E.isLeft(config)) return stop.aborted ? E.right({ printed: '', exit: 'ok' }) : config
  return run(context, config.right, options.migrate === true)
}

export const serveCommand = (context: CommandContext): Command =>
  addConfigOptions(new Command('serve'), { listSettings: true })
    .description('run the service until SIGTERM or SIGINT')
    .option('--migrate', 'apply pending migrations first')
    .action((options: ServeOptions) => runCommand(context, () => serve(context, options)))
