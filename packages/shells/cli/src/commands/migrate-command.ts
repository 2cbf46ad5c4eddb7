import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { applyMigrations, pendingMigrations } from '../operations/apply-migrations.ts'
import { loadSettings } from '../operations/load-settings.ts'
import { presentApplied, presentPending, presentRoles, presentStatements } from '../presenters/present-migrations.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { roleName } from './option-values.ts'
import { addOutputOption } from './output-options.ts'
import { type CommandResult, outcomeOf, runCommand } from './run-command.ts'
import { addConfigOptions, type ParsedOptions, settingFlags } from './target-options.ts'

interface MigrateOptions extends ParsedOptions {
  readonly output: OutputFormat
  readonly dryRun?: boolean
  readonly printSql?: boolean
  readonly printRoles?: boolean
  readonly ownerRole?: string
  readonly serviceRole?: string
}

const printRoles = async ({ ownerRole, serviceRole, output }: MigrateOptions): CommandResult => {
  const { defaultRoleNames, roleStatements } = await import('@pull-secret/composition/server')
  const { owner, service } = defaultRoleNames
  return E.right({
    printed: render(
      presentRoles(roleStatements({ owner: ownerRole ?? owner, service: serviceRole ?? service })),
      output,
    ),
    exit: 'ok',
  })
}

/** A flag that nobody reads would have no effect, silently. */
const refuseIdleFlags = (options: MigrateOptions): E.Either<CommandFailure, void> => {
  const { printRoles = false, ownerRole, serviceRole } = options
  const [setting] = Object.keys(settingFlags(options))
  if (printRoles && setting !== undefined)
    return E.left(
      usageFailure(`--print-roles and --${setting} are mutually exclusive`, 'the SQL needs no configuration'),
    )
  if (printRoles || (ownerRole ?? serviceRole) === undefined) return E.right(undefined)
  const flag = ownerRole === undefined ? '--service-role' : '--owner-role'
  return E.left(usageFailure(`${flag} needs --print-roles`, 'a migration runs as the user of the database address'))
}

export const migrateCommand = (context: CommandContext): Command =>
  addConfigOptions(addOutputOption(new Command('migrate')), { listSettings: false })
    .description('apply the pending migrations of the database schema; safe to run concurrently')
    .addOption(new Option('--dry-run', 'list the pending migrations without applying them').conflicts('printSql'))
    .option('--print-sql', 'print the SQL of the pending migrations without applying them')
    .addOption(
      new Option('--print-roles', 'print the SQL of an owner role and a service role; needs no database').conflicts([
        'dryRun',
        'printSql',
      ]),
    )
    .addOption(new Option('--owner-role <name>', 'with --print-roles: who migrates').argParser(roleName))
    .addOption(new Option('--service-role <name>', 'with --print-roles: who serves').argParser(roleName))
    .action((options: MigrateOptions) =>
      runCommand(context, async () => {
        const used = refuseIdleFlags(options)
        if (E.isLeft(used)) return used
        if (options.printRoles === true) return printRoles(options)
        const { stop } = context.processContext
        const config = await untilStopped(stop, () => loadSettings(settingFlags(options), context.processContext))
        if (E.isLeft(config)) return config
        const { database } = config.right
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
