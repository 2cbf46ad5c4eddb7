import type { Config } from '@pull-secret/config'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { applyMigrations } from '../operations/apply-migrations.ts'
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

const listen = async ({ processContext, version }: CommandContext, config: Config): CommandResult => {
  const { runServer } = await import('@pull-secret/server')
  const code = await runServer(config, {
    version,
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
  const migrated =
    options.migrate === true
      ? await untilStopped(stop, () => applyMigrations(config.right.database))
      : E.right<CommandFailure, ReadonlyArray<string>>([])
  // A service that is stopped before it served ended in order: the migrations are rolled back as a whole.
  return E.isLeft(migrated) && !stop.aborted ? migrated : listen(context, config.right)
}

export const serveCommand = (context: CommandContext): Command =>
  addConfigOptions(new Command('serve'), { listSettings: true })
    .description('run the service until SIGTERM or SIGINT')
    .option('--migrate', 'apply pending migrations first')
    .action((options: ServeOptions) => runCommand(context, () => serve(context, options)))
