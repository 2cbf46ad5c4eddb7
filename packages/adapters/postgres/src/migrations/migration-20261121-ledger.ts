import type { SchemaMigration } from './schema-migration.ts'

/** The design's three tables with their columns and indexes, extended by what the ledger needs. */
export const migration20261121Ledger: SchemaMigration = {
  name: '20261121-ledger',
  statements: [
    `create table clusters (
        id text primary key,
        state text not null check (state in ('live', 'deleting', 'deleted')),
        incarnation integer not null check (incarnation > 0),
        external_id text,
        cloud_provider text,
        region text,
        wants_all_registries boolean not null,
        wanted_registries text[] not null,
        sealed_fingerprint_key text,
        published_at timestamptz,
        next_attempt_at timestamptz,
        created_at timestamptz not null,
        created_by text not null,
        updated_at timestamptz not null default clock_timestamp()
      )`,
    `create index idx_clusters_due on clusters (next_attempt_at) where next_attempt_at is not null`,
    `create table registry_credentials (
        id uuid primary key,
        username varchar(255),
        token text,
        cluster_id text,
        registry_id varchar(50) not null,
        external_resource_id varchar(255),
        created_at timestamptz not null,
        updated_at timestamptz not null default clock_timestamp(),
        incarnation integer not null,
        generation integer not null check (generation > 0),
        scope text not null,
        vendor_name text not null,
        vendor_id text,
        state text not null check (state in ('intended', 'ready', 'active', 'retiring', 'revoking', 'revoked')),
        fence integer not null,
        lease_attempt uuid,
        lease_taken_at timestamptz,
        lease_expires_at timestamptz,
        attempts integer not null,
        outcome text not null check (outcome in ('none', 'unknown', 'refused_at_first_step', 'created')),
        settles_at timestamptz,
        next_attempt_at timestamptz,
        revocations integer not null,
        problem text,
        stuck_since timestamptz,
        expires_at timestamptz,
        refresh_after timestamptz,
        proof text,
        activated_at timestamptz,
        revoked_at timestamptz,
        check ((state = 'revoked') = (proof is not null)),
        check (state <> 'revoked' or token is null),
        check (state not in ('ready', 'active', 'retiring') or (token is not null and username is not null))
      )`,
    `create unique index uniq_registry_credentials_name on registry_credentials (registry_id, vendor_name)`,
    `create unique index uniq_registry_credentials_active on registry_credentials (cluster_id, registry_id)
        where state = 'active'`,
    `create unique index uniq_registry_credentials_unpublished on registry_credentials (cluster_id, registry_id)
        where state in ('intended', 'ready')`,
    `create index idx_registry_credentials_cluster on registry_credentials (cluster_id)`,
    `create index idx_registry_credentials_registry on registry_credentials (registry_id)`,
    `create index idx_registry_credentials_external on registry_credentials (cluster_id, external_resource_id)`,
    `create index idx_registry_credentials_pool on registry_credentials (cluster_id) where cluster_id is null`,
    `create index idx_registry_credentials_cluster_registry
        on registry_credentials (cluster_id, registry_id, created_at desc)`,
    `create index idx_registry_credentials_due on registry_credentials (next_attempt_at)
        where next_attempt_at is not null`,
    `create table pull_secret_rotations (
        id uuid primary key,
        cluster_id text not null,
        status varchar(20) not null,
        reason varchar(20) not null,
        force_immediate boolean not null default false,
        created_at timestamptz not null,
        completed_at timestamptz
      )`,
    `create index idx_pull_secret_rotations_status on pull_secret_rotations (status)
        where status in ('pending', 'in_progress')`,
    `create table credential_audit_log (
        id uuid primary key default gen_random_uuid(),
        cluster_id text,
        credential_id uuid,
        action varchar(20) not null,
        actor varchar(255) not null,
        reason text,
        trace_id varchar(64),
        created_at timestamptz not null,
        registry_id varchar(50),
        kind text not null check (kind in ('change', 'event')),
        outcome text not null,
        metadata jsonb not null,
        chain text not null,
        sequence bigint not null,
        hash char(64) not null,
        unique (chain, sequence)
      )`,
    `create index idx_credential_audit_log_cluster on credential_audit_log (cluster_id, created_at desc)`,
    `create index idx_credential_audit_log_created on credential_audit_log (created_at)`,
    `create table audit_chains (chain text primary key, count bigint not null, head char(64) not null)`,
    `create function refuse_audit_change() returns trigger language plpgsql as
      $$ begin raise exception 'the audit log is append-only'; end $$`,
    `create trigger credential_audit_log_append_only before update or delete on credential_audit_log
        for each row execute function refuse_audit_change()`,
    `create trigger credential_audit_log_no_truncate before truncate on credential_audit_log
        for each statement execute function refuse_audit_change()`,
    `create table shared_objects (
        registry_id varchar(50) primary key,
        attempt_id uuid not null,
        fence integer not null,
        expires_at timestamptz not null
      )`,
    `create table deployment (
        single boolean primary key default true check (single),
        id text not null,
        enabled_registries text[]
      )`,
  ],
}
