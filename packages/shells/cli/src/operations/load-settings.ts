import { type Config, type ConfigFault, describeFaults, type Flags, loadConfig } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { ProcessContext } from '../process-context.ts'

type Sources = Pick<ProcessContext, 'env' | 'readFile'>

export const readSettings = (flags: Flags, { env, readFile }: Sources): E.Either<ReadonlyArray<ConfigFault>, Config> =>
  loadConfig({ flags, env, readFile })

/** The configuration, or every fault in it. */
export const loadSettings = (flags: Flags, sources: Sources): E.Either<CommandFailure, Config> =>
  pipe(
    readSettings(flags, sources),
    E.mapLeft((faults): CommandFailure => ({
      code: 'CONFIGURATION',
      exit: 'usage',
      message: `the configuration is invalid\n${describeFaults(faults).replaceAll(/^/gm, '  ')}\n`,
      hint: 'provide a configuration file with --config, or a server with --server',
    })),
  )
