import type { Pool, PoolClient } from 'pg'
import type { Send } from './around-statement.ts'

/**
 * Runs statements. A name makes a statement prepared, where the database may be asked for that, and planned once for
 * all values; without one it is planned for its own.
 */
export interface Connection {
  readonly query: <Row extends object>(
    name: string | undefined,
    text: string,
    values: ReadonlyArray<unknown>,
  ) => Promise<ReadonlyArray<Row>>
}

interface ConnectionParts {
  readonly client: Pick<Pool | PoolClient, 'query'>
  readonly send: Send
  readonly preparedStatements: boolean
}

export const connectionOver = ({ client, send, preparedStatements }: ConnectionParts): Connection => ({
  query: async <Row extends object>(name: string | undefined, text: string, values: ReadonlyArray<unknown>) => {
    const statement = { ...(preparedStatements && name !== undefined ? { name } : {}), text, values: [...values] }
    const result = await send(name ?? 'unnamed', () => client.query<Row>(statement))
    return result.rows
  },
})
