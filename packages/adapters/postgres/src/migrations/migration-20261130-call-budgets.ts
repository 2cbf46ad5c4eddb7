import type { SchemaMigration } from './schema-migration.ts'

/** How many calls all processes together may make to each registry: one row each, locked for one short transaction. */
export const migration20261130CallBudgets: SchemaMigration = {
  name: '20261130-call-budgets',
  statements: [
    `create table call_budgets (
        registry_id varchar(50) primary key,
        per_minute double precision not null,
        burst double precision not null,
        share double precision not null,
        tokens double precision not null,
        counted_at timestamptz not null,
        demands jsonb not null
      )`,
  ],
}
