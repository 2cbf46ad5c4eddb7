import type { SchemaMigration } from './schema-migration.ts'

/** On one line: what is inside a function is part of the schema, and must not depend on how it is printed. */
const countGeneration = [
  'insert into credential_generations as counter values (new.cluster_id, new.registry_id, new.generation)',
  'on conflict (cluster_id, registry_id) do update set generation = greatest(counter.generation, excluded.generation)',
].join(' ')

/**
 * Every write of a row or a cluster raises its version, whichever release writes, so that nobody overwrites what was
 * not read. Generations stand in counters, which outlive the rows they count. What is due is found by registry.
 */
export const migration20261130Versions: SchemaMigration = {
  name: '20261130-versions',
  statements: [
    `alter table registry_credentials
        add column version integer not null default 1,
        add column next_work text,
        add column delete_done_at timestamptz,
        add column verdict text`,
    `alter table clusters add column version integer not null default 1`,
    `alter table deployment add column minimum_writer integer not null default 1`,
    `create function raise_version() returns trigger language plpgsql as
      $$ begin new.version := old.version + 1; return new; end $$`,
    `create trigger registry_credentials_version before update on registry_credentials
        for each row execute function raise_version()`,
    `create trigger clusters_version before update on clusters
        for each row execute function raise_version()`,
    `create table credential_generations (
        cluster_id text not null,
        registry_id varchar(50) not null,
        generation integer not null,
        primary key (cluster_id, registry_id)
      )`,
    `insert into credential_generations
        select cluster_id, registry_id, max(generation) from registry_credentials
        where cluster_id is not null group by cluster_id, registry_id`,
    `create function count_generation() returns trigger language plpgsql as
      $$ begin ${countGeneration}; return null; end $$`,
    `create trigger registry_credentials_generation after insert on registry_credentials
        for each row when (new.cluster_id is not null) execute function count_generation()`,
    `create index idx_registry_credentials_due_at on registry_credentials (registry_id, next_attempt_at)
        where next_attempt_at is not null`,
    `drop index idx_registry_credentials_due`,
    `drop index idx_registry_credentials_troubled`,
    `create index idx_registry_credentials_troubled on registry_credentials (created_at, id)
        where state <> 'revoked' and (problem is not null or stuck_since is not null)`,
  ],
}
