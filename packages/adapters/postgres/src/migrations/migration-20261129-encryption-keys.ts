import type { SchemaMigration } from './schema-migration.ts'

/** Default privileges may have given a service more than it needs of these. */
const narrowed: ReadonlyArray<readonly [table: string, rights: string]> = [
  ['credential_audit_log', 'update, delete, truncate'],
  ['encryption_keys', 'update, delete, truncate'],
  ['schema_migrations', 'insert, update, delete, truncate'],
]

const narrow = ([table, rights]: readonly [string, string]): string => `do $$ declare other text; begin
        for other in select distinct grantee from information_schema.role_table_grants
          where table_schema = current_schema() and table_name = '${table}' and grantee <> current_user
        loop
          execute format('revoke ${rights} on ${table} from %I', other);
        end loop;
      end $$`

/** What a key looks like from outside, so that another one under its id is noticed; and narrower rights. */
export const migration20261129EncryptionKeys: SchemaMigration = {
  name: '20261129-encryption-keys',
  statements: [
    `create table encryption_keys (
        key_id text primary key,
        check_value char(16) not null,
        first_seen_at timestamptz not null default clock_timestamp()
      )`,
    ...narrowed.map(narrow),
  ],
}
