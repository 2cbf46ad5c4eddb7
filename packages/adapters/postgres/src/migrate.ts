import { appliedMigrationsTable, stillToApply } from './applied-migrations.ts'
import type { Database } from './open-database.ts'
import { migrationTerms } from './terms.ts'

/** One lock for every process that may migrate this database; the text is only its seed. */
const migrationLock = `select pg_advisory_xact_lock(hashtextextended('pull-secret-service/migrations', 0))`

const locked = [...migrationTerms, migrationLock]

const apply = async (database: Database): Promise<ReadonlyArray<string>> => {
  const orm = await database.openOrm()
  try {
    // The migrator looks for its table outside the transaction that it is given.
    await orm.em.fork().transactional((em) => em.execute([...locked, appliedMigrationsTable].join('; ')))
    return await orm.em.fork().transactional(async (em) => {
      await em.execute(locked.join('; '))
      const transaction: unknown = em.getTransactionContext()
      const applied = await orm.migrator.up({ transaction })
      return applied.map(({ name }) => name)
    })
  } finally {
    await orm.close(true)
  }
}

/** Names of the migrations that are still to be applied. */
export const pendingMigrations = async (database: Database): Promise<ReadonlyArray<string>> =>
  (await stillToApply(database)).map(({ name }) => name)

/**
 * Brings the schema to this version, in one transaction under a lock. Safe to run from every replica at once. Returns
 * what was applied.
 */
export const migrate = async (database: Database): Promise<ReadonlyArray<string>> =>
  (await stillToApply(database)).length === 0 ? [] : apply(database)

const withoutIndentation = (statement: string): string => {
  const [first, ...rest] = statement.split('\n')
  const indentation = Math.min(...rest.map((line) => line.search(/\S/)))
  return [first, ...rest.map((line) => line.slice(indentation))].join('\n')
}

/** The statements by which `migrate` would apply what is pending, in their order; none where nothing is. */
export const migrationStatements = async (database: Database): Promise<ReadonlyArray<string>> => {
  const pending = await stillToApply(database)
  if (pending.length === 0) return []
  return [
    'begin',
    ...locked,
    appliedMigrationsTable,
    ...pending.flatMap(({ name, statements }) => [
      ...statements.map(withoutIndentation),
      `insert into schema_migrations (name) values ('${name}')`,
    ]),
    'commit',
  ]
}
