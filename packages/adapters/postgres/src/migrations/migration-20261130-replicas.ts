import type { SchemaMigration } from './schema-migration.ts'

/** Who writes the ledger. The row of a process that is gone for long is given to the next that begins. */
export const migration20261130Replicas: SchemaMigration = {
  name: '20261130-replicas',
  statements: [
    `create table replicas (
        id uuid primary key,
        component text not null,
        host text not null,
        version text not null,
        protocol integer not null,
        key_ids text[] not null,
        started_at timestamptz not null,
        seen_at timestamptz not null,
        left_at timestamptz
      )`,
  ],
}
