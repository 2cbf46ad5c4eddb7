import type { PoolClient } from 'pg'
import type { Database } from './open-database.ts'

const backendOf = async (client: PoolClient): Promise<number | undefined> =>
  (await client.query<{ readonly pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid

/**
 * Whether something in front of the database gives one session to several connections, one transaction each, so that
 * what a session states and prepares is not there the next time. Takes two connections.
 */
export const sharesSessions = async ({ connections }: Database): Promise<boolean> =>
  connections.use(async (one) => {
    const before = await backendOf(one)
    return connections.use(async (other) => {
      // Takes the session that became free last, if sessions are shared.
      await other.query('begin')
      await backendOf(other)
      const after = await backendOf(one)
      await other.query('rollback')
      return before !== after
    })
  })
