import type { SchemaMigration } from './schema-migration.ts'

/** An index for each filter of a list, in its order: a page costs what it shows, however many rows there are. */
export const migration20261129Lists: SchemaMigration = {
  name: '20261129-lists',
  statements: [
    `create index idx_clusters_state on clusters (state, id)`,
    `create index idx_clusters_provider on clusters (cloud_provider, id)`,
    `create index idx_clusters_region on clusters (region, id)`,
    `create index idx_registry_credentials_listed on registry_credentials (registry_id, cluster_id)
        where state in ('intended', 'ready', 'active', 'retiring', 'revoking')`,
    `create index idx_registry_credentials_age on registry_credentials (created_at, cluster_id)
        where state in ('intended', 'ready', 'active', 'retiring', 'revoking')`,
    `create index idx_registry_credentials_troubled on registry_credentials (created_at, id)
        where state in ('intended', 'revoking') and (problem is not null or stuck_since is not null)`,
    `create index idx_credential_audit_log_actor on credential_audit_log (actor, created_at desc)`,
    `create index idx_credential_audit_log_action on credential_audit_log (action, created_at desc)`,
  ],
}
