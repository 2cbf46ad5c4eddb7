import type { SchemaMigration } from './schema-migration.ts'

/** Names of callers may be longer than 255 characters: a ServiceAccount's has up to 339. No row is rewritten. */
export const migration20261129Subjects: SchemaMigration = {
  name: '20261129-subjects',
  statements: [`alter table credential_audit_log alter column actor type text`],
}
