import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { applyMigrations, pendingMigrations } from '../operations/apply-migrations.ts'
import { loadSettings } from '../operations/load-settings.ts'
import { presentApplied, presentPending, presentStatements } from '../presenters/present-migrations.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addConfigOptions, type ParsedOptions, settingFlags } from './target-options.ts'

interface MigrateOptions extends ParsedOptions {
  readonly output: OutputFormat
  readonly dryRun?: boolean
  readonly printSql?: boolean
}

export const migrateCommand = (context: CommandContext): Command =>
  addConfigOptions(addOutputOption(new Command('migrate')), { listSettings: false })
    .description('apply the pending migrations of the database schema; safe to run concurrently')
    .addOption(new Option('--dry-run', 'list the pending migrations without applying them').conflicts('printSql'))
    .option('--print-sql', 'print the SQL of the pending migrations without applying them')
    .action((options: MigrateOptions) =>
      runCommand(context, async () => {
        const config = loadSettings(settingFlags(options), context.processContext)
        if (E.isLeft(config)) return config
        const { database } = config.right
        const { stop } = context.processContext
        if (options.dryRun === true)
          return outcomeOf(await untilStopped(stop, () => pendingMigrations(database)), ({ names }) =>
            render(presentPending(names), options.output),
          )
        if (options.printSql === true)
          return outcomeOf(await untilStopped(stop, () => pendingMigrations(database)), ({ statements }) =>
            render(presentStatements(statements), options.output),
          )
        return outcomeOf(await untilStopped(stop, () => applyMigrations(database)), (names) =>
          render(presentApplied(names), options.output),
        )
      }),
    )
