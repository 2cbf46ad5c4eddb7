import { readFileSync } from 'node:fs'
import {
  type Config,
  describeFaults,
  loadConfig,
  openMigrations,
  openServer,
  type ReadFile,
  type RunningServer,
  serve,
  type StartFault,
} from '@pull-secret/server'
import * as E from 'fp-ts/lib/Either.js'
import { errorCodeOf } from './error-code-of.ts'
import { openLog } from './open-log.ts'
import { SandboxError } from './sandbox-error.ts'
import type { SandboxFiles } from './sandbox-files.ts'
import { version } from './version.ts'

const readFile: ReadFile = (file) =>
  E.tryCatch(
    () => readFileSync(file, 'utf8'),
    (error) => (errorCodeOf(error) === 'ENOENT' ? 'absent' : 'unreadable'),
  )

const orFail = <Fault, Value>(result: E.Either<Fault, Value>, describe: (fault: Fault) => string): Value => {
  if (E.isRight(result)) return result.right
  throw new SandboxError(`The service could not start: ${describe(result.left)}.`)
}

const sentences = (faults: ReadonlyArray<StartFault>): string => faults.map(({ message }) => message).join('; ')

/** The environment is left out: what somebody exported for another service must not change this one. */
const readConfig = (file: string): Config =>
  orFail(loadConfig({ flags: { config: file }, env: {}, readFile }), ({ faults }) => describeFaults(faults))

const migrate = async (config: Config): Promise<void> => {
  const migrations = orFail(await openMigrations(config.database), sentences)
  try {
    await migrations.run()
  } finally {
    await migrations.close()
  }
}

/**
 * The service as configured in the sandbox's folder, on a database of the newest schema; its log lines go to a file.
 */
export const runService = async (files: SandboxFiles): Promise<RunningServer> => {
  const config = readConfig(files.config)
  await migrate(config)
  const log = openLog(files.serviceLog)
  const root = orFail(
    await openServer(config, { component: 'pull-secret-service', version, logStream: log.stream }),
    sentences,
  )
  const close = async (): Promise<void> => {
    await root.close()
    await log.close()
  }
  try {
    const server = await serve({ root, config })
    return {
      ...server,
      stop: async () => {
        await server.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
