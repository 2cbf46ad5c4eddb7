import type { Migrations } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, failed, ok, skipped, warning } from './check.ts'
import type { OpenSchema } from './check-database.ts'
import { checkDurability } from './check-durability.ts'
import { poolerHint } from './check-prepared-statements.ts'

type Power = Awaited<ReturnType<Migrations['userPower']>>

const powers: Readonly<Record<Exclude<Power, 'narrow'>, string>> = {
  superuser: 'the database user is a superuser: it could alter and cut the audit',
  owner: 'the database user owns the tables: it could alter and cut the audit',
  may_alter_audit: 'the database user has the right to alter or cut the audit',
}

const userHint = 'serve as a role of its own: pull-secret migrate --print-roles prints the SQL that makes it'

const checkUser = (power: Power): Check =>
  power === 'narrow'
    ? ok('database user', 'may only read the audit and append to it')
    : warning('database user', powers[power], userHint)

const checkRelease = (unknown: ReadonlyArray<string>): Check =>
  unknown.length === 0
    ? ok('schema release')
    : warning(
        'schema release',
        `a newer release migrated the schema: ${unknown.join(', ')}`,
        'upgrade; one release behind works, more are not supported',
      )

const checkSessions = async (
  { sharesSessions }: Migrations,
  { preparedStatements }: Config['database'],
): Promise<Check> => {
  if (!preparedStatements) return ok('sessions', 'nothing is kept in them')
  return (await sharesSessions())
    ? failed('sessions', 'something gives the session of one connection to others, as poolers do', poolerHint)
    : ok('sessions', 'not shared')
}

const names = ['durability', 'sessions', 'database user', 'schema release'] as const

/**
 * What works and should be otherwise: settings with which commits get lost, sessions that are not our own, the power of
 * the database user, and the release of the schema.
 */
export const checkDatabaseUse = async (
  { database, deployment }: Pick<Config, 'database' | 'deployment'>,
  openSchema: OpenSchema,
): Promise<ReadonlyArray<Check>> => {
  const opened = await openSchema(database)
  if (E.isLeft(opened)) return names.map((name) => skipped(name, 'the database is unavailable'))
  const { durability, userPower, unknown, faultOf, close } = opened.right
  try {
    return [
      checkDurability(await durability(), deployment),
      await checkSessions(opened.right, database),
      checkUser(await userPower()),
      checkRelease(await unknown()),
    ]
  } catch (error) {
    return names.map((name) => failed(name, faultOf(error).message, 'mend what this line names'))
  } finally {
    await close()
  }
}
