import type { SecretText } from '@pull-secret/domain'
import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { createSecretFile } from '../operations/secret-file.ts'
import type { ProcessContext } from '../process-context.ts'
import { describeFileFault, type FileFault } from '../read-file.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { type CommandResult, runCommand } from './run-command.ts'

interface NewKeyOptions {
  readonly file?: string
  readonly showSecret?: boolean
  readonly ring?: string
  readonly standby?: boolean
}

const readRing = async (
  path: string,
  { readFile }: Pick<ProcessContext, 'readFile'>,
): Promise<E.Either<CommandFailure, string>> =>
  E.mapLeft((fault: FileFault) => usageFailure(`the key ring ${path} ${describeFileFault[fault]}`))(
    await readFile(path),
  )

const makeRing = async (
  { ring, standby = false }: NewKeyOptions,
  processContext: ProcessContext,
): Promise<E.Either<CommandFailure, SecretText>> => {
  const { extendKeyRing, generateKeyRing } = await import('@pull-secret/composition/server')
  if (ring === undefined) return E.right(generateKeyRing(Date.now()))
  const text = await readRing(ring, processContext)
  if (E.isLeft(text)) return text
  return E.mapLeft((problem: string) => usageFailure(`the key ring ${ring} is invalid: ${problem}`))(
    extendKeyRing(text.right, Date.now(), { standby }),
  )
}

const newKey = async ({ processContext }: CommandContext, options: NewKeyOptions): CommandResult => {
  const { file, showSecret = false, ring, standby = false } = options
  if ((file === undefined) === !showSecret)
    return E.left(usageFailure('say where the key ring goes', 'add --file FILE to create a file, or --show-secret'))
  if (standby && ring === undefined)
    return E.left(usageFailure('--standby needs --ring', 'the only key of a key ring has to encrypt'))
  const made = await untilStopped(processContext.stop, () => makeRing(options, processContext))
  if (E.isLeft(made)) return made
  if (file === undefined) return E.right({ printed: made.right.reveal(), exit: 'ok' })
  const created = createSecretFile(file, made.right, processContext)
  return E.isLeft(created) ? created : E.right({ printed: `Created the key ring ${file}.\n`, exit: 'ok' })
}

const newKeyCommand = (context: CommandContext): Command =>
  new Command('new')
    .description('make a key ring with a fresh key; its loss makes every stored credential unreadable')
    .addOption(
      new Option('--file <file>', 'create this file for it, readable by its owner alone').conflicts('showSecret'),
    )
    .option('--show-secret', 'print it')
    .option('--ring <file>', 'keep the keys of this key ring, and encrypt with the fresh one from now on')
    .option('--standby', 'with --ring: encrypt with the former key as before; the fresh one only decrypts')
    .action((options: NewKeyOptions) => runCommand(context, () => newKey(context, options)))

export const keysCommand = (context: CommandContext): Command =>
  new Command('keys').description('make the keys that encrypt stored credentials').addCommand(newKeyCommand(context))
