import type { SchemaMigration } from './migrations/schema-migration.ts'
import { schemaMigrations } from './migrations/schema-migrations.ts'
import type { Database } from './open-database.ts'
import { readingStatements } from './single-statements.ts'
import { sqlStateOf } from './sql-state.ts'

/** Where the ORM's migrator enters what it applied; as it would make it itself. */
export const appliedMigrationsTable = `create table if not exists schema_migrations (
  id serial primary key,
  name varchar(255) not null,
  executed_at timestamptz(6) not null default current_timestamp(6)
)`

const applied = 'select name from schema_migrations'

const noSuchTable = '42P01'

/** Names of what was applied, by whatever release. */
export const appliedNames = async (database: Database): Promise<ReadonlyArray<string>> => {
  try {
    const rows = await readingStatements(database).query<{ readonly name: string }>(undefined, applied, [])
    return rows.map(({ name }) => name)
  } catch (error) {
    if (sqlStateOf(error) === noSuchTable) return []
    throw error
  }
}

/** What is still to be applied, oldest first. One select; leaves nothing behind. */
export const stillToApply = async (database: Database): Promise<ReadonlyArray<SchemaMigration>> => {
  const names = await appliedNames(database)
  return schemaMigrations.filter(({ name }) => !names.includes(name))
}
