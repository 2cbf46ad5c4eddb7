import { appliedNames } from './applied-migrations.ts'
import { schemaMigrations } from './migrations/schema-migrations.ts'
import type { Database } from './open-database.ts'

/** Names of applied migrations that this release does not know: a newer one migrated the schema. */
export const unknownMigrations = async (database: Database): Promise<ReadonlyArray<string>> => {
  const applied = await appliedNames(database)
  return applied.filter((name) => !schemaMigrations.some((known) => known.name === name))
}
