import type { SchemaMigration } from './schema-migration.ts'

/**
 * A ban belongs to an id that may have no cluster yet, so it has a table of its own. A lifted one stays, until the id
 * is banned again.
 */
export const migration20261201Bans: SchemaMigration = {
  name: '20261201-bans',
  statements: [
    `create table cluster_bans (
        cluster_id text primary key,
        version integer not null default 1,
        state text not null check (state in ('standing', 'lifted')),
        reason text not null,
        banned_by text not null,
        banned_at timestamptz not null
      )`,
    `create trigger cluster_bans_version before update on cluster_bans
        for each row execute function raise_version()`,
    `alter table clusters add column dormant_since timestamptz`,
  ],
}
