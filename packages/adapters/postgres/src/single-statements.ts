import { type Connection, connectionOver } from './connection.ts'
import type { Database } from './open-database.ts'
import { sqlStateOf } from './sql-state.ts'
import { inReadTransaction, inTransaction } from './transaction.ts'

/**
 * Each statement on its own, under the time limits of its session. Behind a pooler in transaction mode a session
 * belongs to nobody, so there each statement has a transaction with limits of its own.
 */
const singleStatements = (database: Database, transaction: typeof inReadTransaction): Connection =>
  database.preparedStatements
    ? connectionOver({ client: database.pool, preparedStatements: true })
    : { query: (name, text, values) => transaction(database, (own) => own.query(name, text, values)) }

const lostCodes = new Set(['ECONNRESET', 'EPIPE'])
const lostMessages = /^Connection terminated|^Client has encountered a connection error/

/** The connection ended, by itself or by the server's will; nobody waited for a time that had run out. */
const wasLost = (error: unknown): boolean =>
  /^(57P0[123]|08)/.test(sqlStateOf(error) ?? '') ||
  (error instanceof Error &&
    (lostCodes.has((error as NodeJS.ErrnoException).code ?? '') || lostMessages.test(error.message)))

const repeatedWhenLost = async <A>(read: () => Promise<A>, times: () => number): Promise<A> => {
  try {
    return await read()
  } catch (error) {
    const left = times()
    if (left === 0 || !wasLost(error)) throw error
    return repeatedWhenLost(read, () => left - 1)
  }
}

/**
 * For statements that only read. A pooled connection may end in the moment of its use; what was read by nobody can be
 * read again. A server that stops ends all idle ones at once: each of them may cost a try, and one more is new.
 */
export const readingStatements = (database: Database): Connection => {
  const { query } = singleStatements(database, inReadTransaction)
  return {
    query: <Row extends object>(...statement: Parameters<Connection['query']>) =>
      repeatedWhenLost(
        () => query<Row>(...statement),
        () => database.pool.idleCount + 1,
      ),
  }
}

/** For single statements that write: they take none of the connections that are kept for reads. */
export const writingStatements = (database: Database): Connection => {
  const { query } = singleStatements(database, inTransaction)
  return {
    query: (...statement) =>
      database.preparedStatements ? database.writes.take(() => query(...statement)) : query(...statement),
  }
}
