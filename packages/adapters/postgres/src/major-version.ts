import type { Database } from './open-database.ts'
import { readingStatements } from './single-statements.ts'

/** The oldest PostgreSQL that the statements are written for. */
export const oldestMajorVersion = 15

const version = `select current_setting('server_version_num')::int / 10000 as major`

/** Which PostgreSQL the database is, such as 18. */
export const majorVersion = async (database: Database): Promise<number> => {
  const [row] = await readingStatements(database).query<{ readonly major: number }>(undefined, version, [])
  return row?.major ?? 0
}
