import type { Migrations, StartFault } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, failed, ok, skipped } from './check.ts'

export type OpenSchema = (config: Config['database']) => Promise<E.Either<ReadonlyArray<StartFault>, Migrations>>

const unreachable = (detail: string): ReadonlyArray<Check> => [
  failed(
    'database',
    detail,
    'mend what this line names; without database.tls the certificate of the server is verified',
  ),
  skipped('schema', 'the database is unavailable'),
]

const checkSchema = async ({ pending, faultOf, close }: Migrations): Promise<ReadonlyArray<Check>> => {
  try {
    const names = await pending()
    return [
      names.length === 0
        ? ok('schema', 'up to date')
        : failed('schema', `${String(names.length)} migration(s) are pending`, 'run pull-secret migrate'),
    ]
  } catch (error) {
    return [failed('schema', faultOf(error).message, 'check that the database user may read and create tables')]
  } finally {
    await close()
  }
}

/** Whether the database is reachable, with the schema of this version. */
export const checkDatabase = async (
  config: Config['database'],
  openSchema: OpenSchema,
): Promise<ReadonlyArray<Check>> => {
  const opened = await openSchema(config)
  return E.isLeft(opened)
    ? unreachable(opened.left.map(({ message }) => message).join('; '))
    : [ok('database', 'reachable'), ...(await checkSchema(opened.right))]
}
