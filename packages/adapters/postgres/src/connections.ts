import type { Pool, PoolClient } from 'pg'
import { isReadOnly } from './connection-loss.ts'

/** The connections of a pool, each for one piece of work at a time. */
export interface Connections {
  /** Where work fails, its connection is closed, since nobody knows what is left in its session. */
  readonly use: <A>(work: (client: PoolClient) => Promise<A>) => Promise<A>
  /** How many may be lost before one is new, where a server that stops ends all idle ones at once. */
  readonly mayBeLost: () => number
}

/**
 * A server that turns out to take no writes was demoted, or never was the primary. The address may lead to another by
 * now, so that every connection made until then is closed: the idle ones at once, the others after use.
 */
export const makeConnections = (pool: Pool): Connections => {
  const open = new Set<PoolClient>()
  const outdated = new WeakSet<PoolClient>()
  pool.on('connect', (client) => open.add(client))
  pool.on('remove', (client) => open.delete(client))

  const take = async (): Promise<PoolClient> => {
    const client = await pool.connect()
    if (!outdated.has(client)) return client
    client.release(true)
    return take()
  }

  const closeIdle = (): void => {
    for (let left = pool.idleCount; left > 0; left -= 1) {
      pool.connect().then(
        (client) => client.release(outdated.has(client)),
        () => undefined,
      )
    }
  }

  const abandonAll = (): void => {
    open.forEach((client) => outdated.add(client))
    closeIdle()
  }

  return {
    use: async (work) => {
      const client = await take()
      try {
        const answer = await work(client)
        client.release(outdated.has(client))
        return answer
      } catch (error) {
        client.release(true)
        if (isReadOnly(error)) abandonAll()
        throw error
      }
    },
    mayBeLost: () => pool.idleCount + 1,
  }
}
