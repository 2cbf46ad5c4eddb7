import { type SecretText, secretText } from '@pull-secret/domain'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { createSecretFile } from '../operations/secret-file.ts'
import type { ProcessContext } from '../process-context.ts'
import { textOf } from '../read-file.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { collectValue } from './option-values.ts'
import { type CommandResult, outcomeOf, runCommand } from './run-command.ts'

interface TokenOptions {
  readonly subject: string
  readonly permission: ReadonlyArray<string>
}

interface NewTokenOptions extends TokenOptions {
  readonly file: string
}

/** The content of a token file that knows this token. */
const listText = async (
  token: SecretText,
  { subject, permission: permissions }: TokenOptions,
): Promise<E.Either<CommandFailure, string>> => {
  const { tokenListText } = await import('@pull-secret/composition/server')
  return E.mapLeft((problem: string) => usageFailure(problem))(tokenListText(token, { subject, permissions }))
}

const readToken = async ({ stdin }: Pick<ProcessContext, 'stdin'>): Promise<E.Either<CommandFailure, SecretText>> => {
  if (stdin.isTTY === true)
    return E.left(usageFailure('refusing to read a token from a terminal', 'redirect a file to standard input'))
  const read = await textOf(stdin)
  if (E.isLeft(read))
    return E.left(usageFailure('standard input is longer than 1 MiB', 'redirect a file with the token to it'))
  const token = read.right.trim()
  return token === ''
    ? E.left(usageFailure('standard input contains no token', 'redirect a file with the token to it'))
    : E.right(secretText(token))
}

const hashToken = async ({ processContext }: CommandContext, options: TokenOptions): CommandResult => {
  const token = await untilStopped(processContext.stop, () => readToken(processContext))
  return E.isLeft(token) ? token : outcomeOf(await listText(token.right, options), (list) => list)
}

const makeToken = async ({ processContext }: CommandContext, options: NewTokenOptions): CommandResult => {
  const { newToken } = await import('@pull-secret/composition/server')
  const token = newToken()
  const list = await listText(token, options)
  if (E.isLeft(list)) return list
  const created = createSecretFile(options.file, token, processContext)
  return E.isLeft(created) ? created : E.right({ printed: list.right, exit: 'ok' })
}

const addTokenOptions = (command: Command): Command =>
  command
    .requiredOption('--subject <name>', 'who holds the token, for permissions and audit')
    .requiredOption(
      '--permission <permission>',
      '*, "VERB RESOURCE" or "VERB RESOURCE CLUSTER_ID", such as "get pull-secrets"; repeatable',
      collectValue,
    )

const newTokenCommand = (context: CommandContext): Command =>
  addTokenOptions(new Command('new'))
    .description('make a token in a new file, and print a token file that has its hash')
    .requiredOption('--file <file>', 'create this file for the token, readable by its owner alone')
    .action((options: NewTokenOptions) => runCommand(context, () => makeToken(context, options)))

const hashCommand = (context: CommandContext): Command =>
  addTokenOptions(new Command('hash'))
    .description('read a token from standard input, and print a token file that has its hash')
    .action((options: TokenOptions) => runCommand(context, () => hashToken(context, options)))

export const tokensCommand = (context: CommandContext): Command =>
  new Command('tokens')
    .description('make static tokens and their hashes, for access.tokens_file')
    .addCommand(newTokenCommand(context))
    .addCommand(hashCommand(context))
