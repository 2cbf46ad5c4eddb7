import type { Pool, PoolClient } from 'pg'

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
  readonly preparedStatements: boolean
}

export const connectionOver = ({ client, preparedStatements }: ConnectionParts): Connection => ({
  query: async <Row extends object>(name: string | undefined, text: string, values: ReadonlyArray<unknown>) => {
    const result = await client.query<Row>({
      ...(preparedStatements && name !== undefined ? { name } : {}),
      text,
      values: [...values],
    })
    return result.rows
  },
})
