import type { Database } from './open-database.ts'

/** One lock for every process that may migrate this database; the text is only its seed. */
const migrationLock = `select pg_advisory_xact_lock(hashtextextended('pull-secret-service/migrations', 0))`

/** Brings the schema to this version, in one transaction under a lock. Safe to run from every replica at once. Returns what was applied. */
export const migrate = async (database: Database): Promise<ReadonlyArray<string>> =>
  database.orm.em.fork().transactional(async (em) => {
    await em.execute(migrationLock)
    const transaction: unknown = em.getTransactionContext()
    const applied = await database.orm.migrator.up({ transaction })
    return applied.map((migration) => migration.name)
  })

/** Names of the migrations that are still to be applied. */
export const pendingMigrations = async (database: Database): Promise<ReadonlyArray<string>> =>
  (await database.orm.migrator.getPending()).map((migration) => migration.name)
