import { type Connection, connectionOver } from './connection.ts'
import { isReadOnly, repeatedWhen, wasLost } from './connection-loss.ts'
import type { Database } from './open-database.ts'
import { inReadTransaction, inTransaction } from './transaction.ts'

/** A statement without a transaction around it, on the terms of its session. */
const alone = ({ connections, send }: Database): Connection => ({
  query: (...statement) =>
    connections.use((client) => connectionOver({ client, send, preparedStatements: true }).query(...statement)),
})

/**
 * For statements that only read. A pooled connection may end in the moment of its use; what was read by nobody can be
 * read again. Behind a pooler in transaction mode a session belongs to nobody, so there each statement has a
 * transaction on terms of its own.
 */
export const readingStatements = (database: Database): Connection => {
  const { connections, preparedStatements } = database
  const read: Connection = preparedStatements
    ? alone(database)
    : { query: (...statement) => inReadTransaction(database, ({ query }) => query(...statement)) }
  return { query: (...statement) => repeatedWhen(wasLost, connections.mayBeLost, () => read.query(...statement)) }
}

/**
 * For single statements that write: they take none of the connections that are kept for reads. A server that takes no
 * writes has done nothing, and another may be there.
 */
export const writingStatements = (database: Database): Connection => ({
  query: (...statement) =>
    database.preparedStatements
      ? database.writes.take(() =>
          repeatedWhen(isReadOnly, database.connections.mayBeLost, () => alone(database).query(...statement)),
        )
      : inTransaction(database, ({ query }) => query(...statement)),
})
