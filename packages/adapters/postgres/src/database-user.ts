import type { Database } from './open-database.ts'
import { readingStatements } from './single-statements.ts'

/** `narrow`: the user can neither alter nor cut the audit, as far as its own rights go. */
export type UserPower = 'superuser' | 'owner' | 'may_alter_audit' | 'narrow'

const select = `
  select
    (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
    coalesce(
      (select pg_has_role(relowner, 'member') from pg_class where oid = to_regclass('credential_audit_log')),
      false) as is_owner,
    coalesce(has_table_privilege(to_regclass('credential_audit_log'), 'update, delete, truncate'), false) as may_alter`

interface PowerRow {
  readonly is_superuser: boolean
  readonly is_owner: boolean
  readonly may_alter: boolean
}

/** What the user of the database could do to the audit. */
export const powerOfUser = async (database: Database): Promise<UserPower> => {
  const [row] = await readingStatements(database).query<PowerRow>('power-of-user', select, [])
  if (row?.is_superuser !== false) return 'superuser'
  if (row.is_owner) return 'owner'
  return row.may_alter ? 'may_alter_audit' : 'narrow'
}
