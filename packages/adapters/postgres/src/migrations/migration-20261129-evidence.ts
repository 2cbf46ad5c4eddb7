import type { SchemaMigration } from './schema-migration.ts'

/**
 * How patient the service is stands beside what may exist at the vendor. The release before writes `revocations` only,
 * which nobody reads any more.
 */
export const migration20261129Evidence: SchemaMigration = {
  name: '20261129-evidence',
  statements: [
    `alter table registry_credentials
        add column tries integer not null default 0,
        add column delete_accepted_at timestamptz,
        add column absent_since timestamptz,
        alter column revocations set default 0,
        alter column username type text`,
    `alter table clusters
        add column served_registries text[] not null default '{}',
        add column epoch integer not null default 0`,
    `alter table deployment add column epoch integer not null default 0, add column registry_scopes jsonb`,
    `create index idx_clusters_epoch on clusters (epoch, id) where state = 'live'`,
    `create index idx_registry_credentials_scope on registry_credentials (registry_id, scope)
        where state <> 'revoked'`,
    `update registry_credentials set tries = revocations where state = 'revoking' and revocations > 0`,
  ],
}
