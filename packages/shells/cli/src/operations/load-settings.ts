import type { StartFault } from '@pull-secret/composition/server'
import { type Config, type ConfigFault, describeFaults, type Flags, loadConfig } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { describeStartFaults } from '../failures/start-failure.ts'
import type { ProcessContext } from '../process-context.ts'
import { faultsOfReadable } from './open-composition.ts'

type Sources = Pick<ProcessContext, 'env' | 'readFile'>

export interface SettingsFaults {
  readonly settings: ReadonlyArray<ConfigFault>
  /** Of the files and sections that the settings name. */
  readonly named: ReadonlyArray<StartFault>
}

/** The configuration, or every fault in it and in what it names. */
export const readSettings = async (
  flags: Flags,
  { env, readFile }: Sources,
): Promise<E.Either<SettingsFaults, Config>> => {
  const config = loadConfig({ flags, env, readFile })
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
