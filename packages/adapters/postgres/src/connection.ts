import type { Pool, PoolClient } from 'pg'

/** Runs statements. A name makes a statement prepared, where the database may be asked for that. */
export interface Connection {
  readonly query: <Row extends object>(
    name: string,
    text: string,
    values: ReadonlyArray<unknown>,
  ) => Promise<ReadonlyArray<Row>>
}

export const connectionOver = (client: Pick<Pool | PoolClient, 'query'>, preparedStatements: boolean): Connection => ({
  query: async <Row extends object>(name: string, text: string, values: ReadonlyArray<unknown>) => {
    const result = await client.query<Row>({ ...(preparedStatements ? { name } : {}), text, values: [...values] })
    return result.rows
  },
})
