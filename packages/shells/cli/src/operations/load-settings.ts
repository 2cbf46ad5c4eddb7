import type { StartFault } from '@pull-secret/composition/server'
import { type Config, type ConfigFault, describeFaults, type Flags, loadConfig } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { describeStartFaults } from '../failures/start-failure.ts'
import type { ProcessContext } from '../process-context.ts'
import { describeFileFault } from '../read-file.ts'
import { faultsOfReadable } from './open-composition.ts'

type Sources = Pick<ProcessContext, 'env' | 'readFile'>

export interface SettingsFaults {
  readonly settings: ReadonlyArray<ConfigFault>
  /** Of the files and sections that the settings name. */
  readonly named: ReadonlyArray<StartFault>
}

type Texts = ReadonlyMap<string, E.Either<'absent' | 'unreadable', string>>

const tooLong = (path: string): ConfigFault => ({
  field: 'config',
  rule: 'invalid',
  message: `the file ${path} ${describeFileFault.too_long}`,
  hint: 'name another file',
})

/** Decoding needs texts at once, and one file names the next: it begins anew with each that was read meanwhile. */
const loadNamed = async (
  { flags, env, readFile }: Sources & { readonly flags: Flags },
  read: Texts,
): Promise<E.Either<ConfigFault, ReturnType<typeof loadConfig>>> => {
  let missing: string | undefined
  const config = loadConfig({
    flags,
    env,
    readFile: (path) => {
      const text = read.get(path)
      if (text === undefined) missing ??= path
      return text ?? E.left('unreadable')
    },
  })
  if (missing === undefined) return E.right(config)
  const text = await readFile(missing)
  if (E.isRight(text)) return loadNamed({ flags, env, readFile }, new Map([...read, [missing, text]]))
  const { left: fault } = text
  return fault === 'too_long'
    ? E.left(tooLong(missing))
    : loadNamed({ flags, env, readFile }, new Map([...read, [missing, E.left(fault)]]))
}

/** The configuration, or every fault in it and in what it names. */
export const readSettings = async (
  flags: Flags,
  { env, readFile }: Sources,
): Promise<E.Either<SettingsFaults, Config>> => {
  const loaded = await loadNamed({ flags, env, readFile }, new Map())
  if (E.isLeft(loaded)) return E.left({ settings: [loaded.left], named: [] })
  const config = loaded.right
  if (E.isRight(config)) return config
  const { faults, readable } = config.left
  return E.left({ settings: faults, named: await faultsOfReadable(readable) })
}

const linesOf = ({ settings, named }: SettingsFaults): string =>
  `${describeFaults(settings).replaceAll(/^/gm, '  ')}\n${describeStartFaults(named)}`

const failureOf = (faults: SettingsFaults): CommandFailure => ({
  code: 'CONFIGURATION',
  exit: 'usage',
  message: `the configuration is invalid\n${linesOf(faults)}`,
  hint: 'correct these, or name another configuration with --config, or a server with --server',
})

/** The configuration, or why a command cannot work without it. */
export const loadSettings = async (flags: Flags, sources: Sources): Promise<E.Either<CommandFailure, Config>> =>
  E.mapLeft(failureOf)(await readSettings(flags, sources))
