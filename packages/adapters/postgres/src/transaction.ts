import * as E from 'fp-ts/lib/Either.js'
import type { PoolClient, QueryResult } from 'pg'
import { commit } from './commit.ts'
import { type Connection, connectionOver } from './connection.ts'
import { isReadOnly, ReadOnlyServer, repeatedWhen, wasLost } from './connection-loss.ts'
import { OutdatedWriter } from './ledger-protocol.ts'
import type { Database } from './open-database.ts'
import { sqlStateOf } from './sql-state.ts'
import { beginning, type TransactionTerms } from './terms.ts'

/** A row was no longer as the decision found it: a claim, which takes no cluster lock, came between. */
export class RaceLost extends Error {}

/** A decision that no ledger may write, or that broke off: a bug, never an answer. */
export class IllegalDecision extends Error {}

/** A transaction that the database ended for a reason that a repetition cures. */
const repeatable = new Set(['40001', '40P01'])

export const mayRepeat = (error: unknown): boolean =>
  error instanceof RaceLost || repeatable.has(sqlStateOf(error) ?? '')

const isOfDecision = (error: unknown): boolean =>
  error instanceof RaceLost || error instanceof IllegalDecision || error instanceof OutdatedWriter

/** Nothing more can be done on the connection, or nothing that is worth it. */
const isBroken = (error: unknown): boolean =>
  (sqlStateOf(error) === undefined && !isOfDecision(error)) || /^(08|57|25006|25P0[34])/.test(sqlStateOf(error) ?? '')

/**
 * Until a transaction has stated its own terms, those of the server hold: a default of some milliseconds ends even its
 * first words on a busy machine.
 */
const wasEnded = (error: unknown): boolean => sqlStateOf(error) === '57014'

interface Begun {
  readonly is_read_only?: boolean
}

const begin = async (client: PoolClient, terms: TransactionTerms): Promise<void> => {
  // One result for each statement of the message, which the types of the driver leave out.
  const results = (await client.query(beginning(terms))) as unknown as ReadonlyArray<QueryResult<Begun>>
  if (results.some(({ rows }) => rows[0]?.is_read_only === true)) throw new ReadOnlyServer('the server is read-only')
}

/**
 * Runs `act` in one short transaction. A pooled connection may turn out to be lost, or to lead to a server that was
 * demoted, only when it is used: until the transaction has begun, nothing speaks against another.
 */
const runTransaction = async <A>(
  { connections, send, preparedStatements, statementTimeoutSeconds }: Database,
  own: Omit<TransactionTerms, 'statementTimeoutSeconds'>,
  act: (connection: Connection) => Promise<A>,
): Promise<A> => {
  let hasBegun = false
  const attempt = async (client: PoolClient): Promise<E.Either<unknown, A>> => {
    try {
      await send('begin', () => begin(client, { statementTimeoutSeconds, ...own }))
      hasBegun = true
      const answer = await act(connectionOver({ client, send, preparedStatements }))
      await send('commit', () => commit(client))
      return E.right(answer)
    } catch (error) {
      if (isBroken(error)) throw error
      await send('rollback', () => client.query('rollback'))
      return E.left(error)
    }
  }
  const done = await repeatedWhen(
    (error) => !hasBegun && (wasLost(error) || isReadOnly(error) || wasEnded(error)),
    connections.mayBeLost,
    () => connections.use(attempt),
  )
  if (E.isLeft(done)) throw done.left
  return done.right
}

/**
 * Runs `act` in one short transaction, under a cluster's lock where one is named. However many are under way, some
 * connections are left to reads.
 */
export const inTransaction = <A>(
  database: Database,
  act: (connection: Connection) => Promise<A>,
  lockedCluster?: string,
): Promise<A> => database.writes.take(() => runTransaction(database, { mayWrite: true, lockedCluster }, act))

/** The same on a connection that is kept for reads. */
export const inReservedTransaction = <A>(database: Database, act: (connection: Connection) => Promise<A>): Promise<A> =>
  runTransaction(database, { mayWrite: true }, act)

/** The same for what only reads, which a standby can do as well. */
export const inReadTransaction = <A>(database: Database, act: (connection: Connection) => Promise<A>): Promise<A> =>
  runTransaction(database, { mayWrite: false }, act)
