import * as E from 'fp-ts/lib/Either.js'
import type { Config } from '@pull-secret/config'
import type { Logger } from '@pull-secret/domain'
import { migrate, openDatabase, pendingMigrations } from '@pull-secret/postgres'
import type { StartFault } from './start-fault.ts'

const silent: Logger = { log: () => () => undefined }

export interface Migrations {
  /** Names of what a run would apply. */
  readonly pending: () => Promise<ReadonlyArray<string>>
  /** Applies what is pending, under a lock; gives the names of what was applied. */
  readonly run: () => Promise<ReadonlyArray<string>>
  readonly close: () => Promise<void>
}

/** The schema of the configured database. */
export const openMigrations = async (config: Config['database']): Promise<E.Either<ReadonlyArray<StartFault>, Migrations>> => {
  const database = await openDatabase({
    url: config.url, poolSize: 2, preparedStatements: config.preparedStatements, logger: silent, tls: config.tls.mode === 'verify-full' ? { caFile: config.tls.caFile } : undefined,
  })
  try {
    await database.pool.query('select 1')
  } catch {
    await database.close()
    return E.left([{ field: 'database', message: 'the database does not answer' }])
  }
  return E.right({ pending: () => pendingMigrations(database), run: () => migrate(database), close: database.close })
}
