/**
 * What the service does with each table, and no more. A table that is missing here gets the default of later
 * migrations.
 */
export const serviceRights: Readonly<Record<string, ReadonlyArray<'select' | 'insert' | 'update' | 'delete'>>> = {
  clusters: ['select', 'insert', 'update'],
  cluster_bans: ['select', 'insert', 'update'],
  credential_generations: ['select', 'insert', 'update'],
  registry_credentials: ['select', 'insert', 'update'],
  pull_secret_rotations: ['select', 'insert', 'update'],
  credential_audit_log: ['select', 'insert'],
  audit_chains: ['select', 'insert', 'update'],
  shared_objects: ['select', 'insert', 'update'],
  call_budgets: ['select', 'insert', 'update'],
  deployment: ['select', 'insert', 'update'],
  replicas: ['select', 'insert', 'update'],
  encryption_keys: ['select', 'insert'],
  schema_migrations: ['select'],
}

/** What the service may do with a table that the owner makes later; its migration takes away what is too much. */
export const defaultRights = ['select', 'insert', 'update'] as const

/** What the tables call by themselves. */
export const triggerFunctions = ['refuse_audit_change', 'raise_version', 'count_generation'] as const
