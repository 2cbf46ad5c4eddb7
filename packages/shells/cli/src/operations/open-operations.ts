import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { failureOfStart } from '../failures/start-failure.ts'
import type { ProcessContext } from '../process-context.ts'
import { loadSettings } from './load-settings.ts'
import { openRoot } from './open-composition.ts'
import type { CommandOperations } from './operations.ts'
import { readToken } from './read-token.ts'
import type { Target } from './target.ts'

export interface OpenDeps {
  readonly processContext: ProcessContext
  readonly version: string
  readonly logging: 'quiet' | 'configured'
  /** Writes nothing to the database. */
  readonly readOnly: boolean
}

/** While a person waits for a command, only errors are worth a log line. */
export const quieted = (config: Config): Config => ({
  ...config,
  telemetry: { ...config.telemetry, logLevel: 'error', logFormat: 'text' },
})

const onDatabase = async (
  config: Config,
  { processContext, version, logging, readOnly }: OpenDeps,
): Promise<E.Either<CommandFailure, CommandOperations>> => {
  const { makeDatabaseOperations } = await import('./database-operations.ts')
  const opened = await openRoot(logging === 'quiet' ? quieted(config) : config, {
    processContext,
    version,
    readOnly,
    withoutCallers: true,
  })
  return E.isLeft(opened)
    ? E.left(failureOfStart(opened.left))
    : E.right(
        makeDatabaseOperations({ root: opened.right, userName: processContext.userName(), stop: processContext.stop }),
      )
}

/** Opens the target. The caller has to close the operations. */
export const openOperations = async (
  target: Target,
  deps: OpenDeps,
): Promise<E.Either<CommandFailure, CommandOperations>> => {
  if (target.kind === 'database') {
    const config = await loadSettings(target.flags, deps.processContext)
    return E.isLeft(config) ? config : onDatabase(config.right, deps)
  }
  const token = await readToken(target.tokenFile, deps.processContext)
  if (E.isLeft(token)) return token
  const { openServerOperations } = await import('./server-operations.ts')
  return openServerOperations({ ...target, token: token.right, stop: deps.processContext.stop })
}
