import type { SchemaMigration } from './schema-migration.ts'

/** What the newest configuration requires, for replicas whose configuration is older. */
export const migration20261129RequiredRegistries: SchemaMigration = {
  name: '20261129-required-registries',
  statements: [`alter table deployment add column required_registries text[]`],
}
