import type { Database } from './open-database.ts'

/** The oldest PostgreSQL that the statements are written for. */
export const oldestMajorVersion = 15

/** Which PostgreSQL the database is, such as 18. */
export const majorVersion = async ({ pool }: Pick<Database, 'pool'>): Promise<number> => {
  const {
    rows: [row],
  } = await pool.query<{ readonly major: number }>(`select current_setting('server_version_num')::int / 10000 as major`)
  return row?.major ?? 0
}
