import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { askOwnServer } from '../operations/ask-own-server.ts'
import { loadSettings } from '../operations/load-settings.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { type CommandResult, runCommand } from './run-command.ts'
import { addConfigOptions, type ParsedOptions, settingFlags } from './target-options.ts'

const notAlive = (port: number, reason: string): CommandFailure => ({
  code: 'NOT_ALIVE',
  exit: 'unavailable',
  message: `the service on port ${String(port)} of this machine ${reason}`,
  hint: 'check its log, and that this is the configuration that it runs with',
})

const health = async ({ processContext }: CommandContext, options: ParsedOptions): CommandResult => {
  const config = await loadSettings(settingFlags(options), processContext)
  if (E.isLeft(config)) return config
  const { server } = config.right
  const answer = await askOwnServer(server, processContext.stop)
  return E.isLeft(answer) ? E.left(notAlive(server.port, answer.left)) : E.right({ printed: 'alive\n', exit: 'ok' })
}

export const healthCommand = (context: CommandContext): Command =>
  addConfigOptions(new Command('health'), { listSettings: false })
    .description('say whether the service of this configuration runs on this machine; for the image')
    .action((options: ParsedOptions) =>
      runCommand(context, () => untilStopped(context.processContext.stop, () => health(context, options))),
    )
