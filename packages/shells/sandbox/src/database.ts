import { startEmbeddedPostgres } from '@pull-secret/embedded-postgres'
import { openLog } from './open-log.ts'
import { replaceFile } from './replace-file.ts'
import type { SandboxFiles } from './sandbox-files.ts'

const databaseName = 'pull_secrets'

export interface SandboxDatabase {
  /** Superuser's address; holds a password. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** A PostgreSQL with the service's database; its address is written where the configuration looks for it. */
export const startDatabase = async (files: SandboxFiles): Promise<SandboxDatabase> => {
  const log = openLog(files.postgresLog)
  const postgres = await startEmbeddedPostgres({
    dataDirectory: files.postgres,
    onLog: (line) => {
      log.stream.write(`${line}\n`)
    },
  })
  const url = postgres.connectionUrl(databaseName)
  await postgres.createDatabase(databaseName)
  replaceFile(files.databaseUrl, `${url}\n`)
  return {
    url,
    stop: async () => {
      await postgres.stop()
      await log.close()
    },
  }
}
