import type { SchemaMigration } from './schema-migration.ts'

/** What has to happen is found without passing over the looks, of which there may be one a cluster. */
export const migration20261130DueKinds: SchemaMigration = {
  name: '20261130-due-kinds',
  statements: [
    `create index idx_registry_credentials_obligations on registry_credentials (registry_id, next_attempt_at)
        where next_attempt_at is not null and (next_work is distinct from 'validate' or refresh_after is not null)`,
    `create index idx_registry_credentials_looks on registry_credentials (registry_id, next_attempt_at)
        where next_attempt_at is not null and next_work = 'validate'`,
    `drop index idx_registry_credentials_due_at`,
  ],
}
