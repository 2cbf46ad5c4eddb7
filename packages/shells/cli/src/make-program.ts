import { Command } from 'commander'
import { auditCommand } from './commands/audit-command.ts'
import { banCommand, unbanCommand } from './commands/ban-command.ts'
import { clustersCommand } from './commands/clusters-command.ts'
import type { CommandContext } from './commands/command-context.ts'
import { deleteCommand } from './commands/delete-command.ts'
import { doctorCommand } from './commands/doctor-command.ts'
import { generateCommand } from './commands/generate-command.ts'
import { getCommand } from './commands/get-command.ts'
import { healthCommand } from './commands/health-command.ts'
import { jobsCommand } from './commands/jobs-command.ts'
import { keysCommand } from './commands/keys-command.ts'
import { migrateCommand } from './commands/migrate-command.ts'
import { registriesCommand } from './commands/registries-command.ts'
import { replicasCommand } from './commands/replicas-command.ts'
import { rolloutCommand } from './commands/rollout-command.ts'
import { serveCommand } from './commands/serve-command.ts'
import { stuckCommand } from './commands/stuck-command.ts'
import { tokensCommand } from './commands/tokens-command.ts'
import { helpText } from './help-text.ts'
import { harmless } from './output/harmless.ts'

/** A value on the command line may be a secret: it is not repeated. */
const withoutValues = (text: string): string => text.replaceAll(/(unknown option '[^'=]*)=[^\n]*'/g, "$1'")

/** Commands inherit the settings of the program, at every depth. */
const inheritSettings = (parent: Command): void => {
  parent.commands.forEach((command) => {
    command.copyInheritedSettings(parent)
    inheritSettings(command)
  })
}

const grouped = (title: string, commands: ReadonlyArray<Command>): ReadonlyArray<Command> =>
  commands.map((command) => command.helpGroup(title))

/** The whole command line. Everything it prints goes to the context, and it never ends the process. */
export const makeProgram = (context: CommandContext): Command => {
  const { stderr } = context.processContext
  const program = new Command('pull-secret')
    .description(
      'Manage a pull secret for each cluster: credentials are created at the registries and provably revoked.',
    )
    .version(context.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('(pull-secret --help shows commands and options)')
    .addHelpText('after', helpText())
    .exitOverride()
    .configureOutput({
      writeOut: context.explain,
      writeErr: (text) => {
        stderr.write(harmless(text))
      },
      outputError: (text, write) => {
        write(withoutValues(text))
      },
    })
  const commands = [
    ...grouped('Clusters:', [
      generateCommand(context),
      rolloutCommand(context),
      getCommand(context),
      deleteCommand(context),
      banCommand(context),
      unbanCommand(context),
      clustersCommand(context),
    ]),
    ...grouped('Operation:', [
      registriesCommand(context),
      replicasCommand(context),
      jobsCommand(context),
      stuckCommand(context),
      auditCommand(context),
      doctorCommand(context),
    ]),
    ...grouped('Service:', [serveCommand(context), migrateCommand(context), healthCommand(context)]),
    ...grouped('Files of the service:', [keysCommand(context), tokensCommand(context)]),
  ]
  commands.forEach((command) => program.addCommand(command))
  inheritSettings(program)
  return program
}
