import { startEmbeddedPostgres } from '@pull-secret/embedded-postgres'
import { openLog } from './open-log.ts'
import { replaceFile } from './replace-file.ts'
import type { SandboxFiles } from './sandbox-files.ts'
import type { UndoList } from './undo-list.ts'

const databaseName = 'pull_secrets'

/**
 * Starts a PostgreSQL with the service's database, and writes its address where the configuration looks for it.
 *
 * @returns the superuser's address; it holds a password.
 */
export const startDatabase = async (files: SandboxFiles, undo: UndoList): Promise<string> => {
  const log = openLog(files.postgresLog)
  undo.add(log.close)
  const postgres = await startEmbeddedPostgres({
    dataDirectory: files.postgres,
    onLog: (line) => {
      log.stream.write(`${line}\n`)
    },
  })
  undo.add(() => postgres.stop())
  const url = postgres.connectionUrl(databaseName)
  await postgres.createDatabase(databaseName)
  replaceFile(files.databaseUrl, `${url}\n`)
  return url
}
