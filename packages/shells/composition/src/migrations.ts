import type { Config } from '@pull-secret/config'
import { makeSilentLogger } from '@pull-secret/in-memory'
import {
  type Database,
  type Durability,
  durabilityOf,
  majorVersion,
  migrate,
  migrationStatements,
  pendingMigrations,
  powerOfUser,
  sharesSessions,
  unknownMigrations,
  type UserPower,
} from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { startFaultOf } from './database-start-fault.ts'
import { openConfiguredDatabase } from './open-configured-database.ts'
import type { StartFault } from './start-fault.ts'
import { versionFault } from './version-fault.ts'

export interface Migrations {
  /** Names of what a run would apply. */
  readonly pending: () => Promise<ReadonlyArray<string>>
  /** The statements by which a run would apply them, in their order. */
  readonly statements: () => Promise<ReadonlyArray<string>>
  /** Applies what is pending, under a lock; gives the names of what was applied. */
  readonly run: () => Promise<ReadonlyArray<string>>
  /** Names of what a newer release applied. */
  readonly unknown: () => Promise<ReadonlyArray<string>>
  /** What the server's settings make of an acknowledged commit. */
  readonly durability: () => Promise<Durability>
  /** Whether a pooler shares sessions between connections. */
  readonly sharesSessions: () => Promise<boolean>
  /** What the user of the database could do to the audit. */
  readonly userPower: () => Promise<UserPower>
  /** What an error of the others means for who has to mend it. */
  readonly faultOf: (error: unknown) => StartFault
  readonly close: () => Promise<void>
}

const faultsOf = async (database: Database): Promise<ReadonlyArray<StartFault>> => {
  try {
    return versionFault(await majorVersion(database))
  } catch (error) {
    return [startFaultOf(database.faultOf(error))]
  }
}

/** The schema of the configured database. */
export const openMigrations = async (
  config: Config['database'],
): Promise<E.Either<ReadonlyArray<StartFault>, Migrations>> => {
  const database = await openConfiguredDatabase(config, {
    logger: makeSilentLogger(),
    onFault: () => undefined,
    poolSize: 2,
  })
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
    unknown: () => unknownMigrations(database.right),
    durability: () => durabilityOf(database.right),
    sharesSessions: () => sharesSessions(database.right),
    userPower: () => powerOfUser(database.right),
    faultOf: (error) => startFaultOf(database.right.faultOf(error)),
    close: database.right.close,
  })
}
