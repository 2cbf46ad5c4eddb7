import { escapeLiteral, type PoolClient } from 'pg'
import { type Connection, connectionOver } from './connection.ts'
import type { Database } from './open-database.ts'
import { lockTimeout } from './session-limits.ts'
import { sqlStateOf } from './sql-state.ts'

/** The commit was sent and not acknowledged: it may have happened, or may still happen. */
export class CommitUnknown extends Error {}

/** A row was no longer as the decision found it: a claim, which takes no cluster lock, came between. */
export class RaceLost extends Error {}

/** A decision that no ledger may write, or that broke off: a bug, never an answer. */
export class IllegalDecision extends Error {}

/** A transaction that the database ended for a reason that a repetition cures. */
const repeatable = new Set(['40001', '40P01'])

export const mayRepeat = (error: unknown): boolean =>
  error instanceof RaceLost || repeatable.has(sqlStateOf(error) ?? '')

/**
 * Only these say that a commit did not happen; a lost connection or a server that is stopping may have committed
 * before.
 */
const isDefiniteRefusal = (error: unknown): boolean => /^(40001|40P01|23|25)/.test(sqlStateOf(error) ?? '')

const commit = async (client: PoolClient): Promise<void> => {
  try {
    await client.query('commit')
  } catch (error) {
    if (!isDefiniteRefusal(error)) throw new CommitUnknown('the commit was not acknowledged', { cause: error })
    throw error
  }
}

const isOfDecision = (error: unknown): boolean => error instanceof RaceLost || error instanceof IllegalDecision

const isBroken = (error: unknown): boolean =>
  (sqlStateOf(error) === undefined && !isOfDecision(error)) || /^(08|57)/.test(sqlStateOf(error) ?? '')

/**
 * Timeouts are set inside the transaction, because a pooler refuses them as connection parameters. All in one
 * message: every further one costs a way there and back.
 */
const begin = ({ statementTimeoutSeconds }: Database, lockedCluster: string | undefined): string =>
  [
    'begin',
    `set local statement_timeout = '${String(statementTimeoutSeconds)}s'`,
    `set local lock_timeout = '${lockTimeout}'`,
    `set local idle_in_transaction_session_timeout = '${String(statementTimeoutSeconds)}s'`,
    ...(lockedCluster === undefined
      ? []
      : [`select pg_advisory_xact_lock(hashtextextended(${escapeLiteral(lockedCluster)}, 0))`]),
  ].join('; ')

const runTransaction = async <A>(
  database: Database,
  act: (connection: Connection) => Promise<A>,
  lockedCluster: string | undefined,
): Promise<A> => {
  const client = await database.pool.connect()
  let failure: unknown
  try {
    await client.query(begin(database, lockedCluster))
    const answer = await act(connectionOver({ client, preparedStatements: database.preparedStatements }))
    await commit(client)
    return answer
  } catch (error) {
    failure = error
    if (!isBroken(error)) await client.query('rollback')
    throw error
  } finally {
    client.release(failure !== undefined && isBroken(failure))
  }
}

/**
 * Runs `act` in one short transaction, under a cluster's lock where one is named. However many are under way, some
 * connections are left to reads.
 */
export const inTransaction = <A>(
  database: Database,
  act: (connection: Connection) => Promise<A>,
  lockedCluster?: string,
): Promise<A> => database.writes.take(() => runTransaction(database, act, lockedCluster))

/** The same for what only reads. */
export const inReadTransaction = <A>(database: Database, act: (connection: Connection) => Promise<A>): Promise<A> =>
  runTransaction(database, act, undefined)
