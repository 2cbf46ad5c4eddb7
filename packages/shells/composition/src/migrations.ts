import type { Config } from '@pull-secret/config'
import type { Logger } from '@pull-secret/domain'
import {
  type Database,
  majorVersion,
  migrate,
  migrationStatements,
  openDatabase,
  pendingMigrations,
} from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import type { StartFault } from './start-fault.ts'
import { versionFault } from './version-fault.ts'

const silent: Logger = { log: () => () => undefined }

export interface Migrations {
  /** Names of what a run would apply. */
  readonly pending: () => Promise<ReadonlyArray<string>>
  /** The statements by which a run would apply them, in their order. */
  readonly statements: () => Promise<ReadonlyArray<string>>
  /** Applies what is pending, under a lock; gives the names of what was applied. */
  readonly run: () => Promise<ReadonlyArray<string>>
  readonly close: () => Promise<void>
}

const unusable: StartFault = {
  field: 'database',
  message: 'the database is unavailable, or database.tls.ca_file cannot be read',
}

const tryOpening = async (config: Config['database']): Promise<E.Either<ReadonlyArray<StartFault>, Database>> => {
  const tls = config.tls.mode === 'verify-full' ? { caFile: config.tls.caFile } : undefined
  try {
    return E.right(
      await openDatabase({
        url: config.url,
        poolSize: 2,
        statementTimeoutSeconds: config.statementTimeoutSeconds,
        preparedStatements: config.preparedStatements,
        logger: silent,
        tls,
      }),
    )
  } catch {
    return E.left([unusable])
  }
}

const faultsOf = async (database: Database): Promise<ReadonlyArray<StartFault>> => {
  try {
    return versionFault(await majorVersion(database))
  } catch {
    return [unusable]
  }
}

/** The schema of the configured database. */
export const openMigrations = async (
  config: Config['database'],
): Promise<E.Either<ReadonlyArray<StartFault>, Migrations>> => {
  const database = await tryOpening(config)
  if (E.isLeft(database)) return database
  const faults = await faultsOf(database.right)
  if (faults.length > 0) {
    await database.right.close()
    return E.left(faults)
  }
  return E.right({
    pending: () => pendingMigrations(database.right),
    statements: () => migrationStatements(database.right),
    run: () => migrate(database.right),
    close: database.right.close,
  })
}
