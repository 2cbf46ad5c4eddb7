import { escapeIdentifier, escapeLiteral } from 'pg'
import { defaultRights, serviceRights, triggerFunctions } from './service-rights.ts'

export interface RoleNames {
  /** Owns the schema and migrates. */
  readonly owner: string
  /** Serves, and may neither change the schema nor alter or cut the audit. */
  readonly service: string
}

export const defaultRoleNames: RoleNames = { owner: 'pull_secret_owner', service: 'pull_secret_service' }

const createRole = (name: string): string =>
  `do $$ begin
  if not exists (select from pg_roles where rolname = ${escapeLiteral(name)}) then
    create role ${escapeIdentifier(name)} login;
  end if;
end $$`

const rightsOnTable = (table: string, { owner, service }: RoleNames): string =>
  `do $$ begin
  if to_regclass('public.${table}') is not null then
    alter table public.${table} owner to ${escapeIdentifier(owner)};
    revoke all on public.${table} from public, ${escapeIdentifier(service)};
    grant ${serviceRights[table]?.join(', ') ?? ''} on public.${table} to ${escapeIdentifier(service)};
  end if;
end $$`

const ownTriggerFunction = (name: string, { owner }: RoleNames): string =>
  `do $$ begin
  if to_regprocedure('public.${name}()') is not null then
    alter function public.${name}() owner to ${escapeIdentifier(owner)};
  end if;
end $$`

/**
 * The statements, for a superuser in the service's database, that make both roles or bring them up to date: before the
 * first migration, or over tables that another role made. They set no passwords.
 */
export const roleStatements = (names: RoleNames): ReadonlyArray<string> => {
  const [owner, service] = [escapeIdentifier(names.owner), escapeIdentifier(names.service)]
  return [
    'begin',
    createRole(names.owner),
    createRole(names.service),
    `do $$ begin
  execute format('grant connect on database %I to ${owner}, ${service}', current_database());
end $$`,
    `grant usage, create on schema public to ${owner}`,
    `revoke create on schema public from public, ${service}`,
    `grant usage on schema public to ${service}`,
    `alter default privileges for role ${owner} in schema public
  grant ${defaultRights.join(', ')} on tables to ${service}`,
    ...Object.keys(serviceRights).map((table) => rightsOnTable(table, names)),
    ...triggerFunctions.map((name) => ownTriggerFunction(name, names)),
    'commit',
  ]
}
