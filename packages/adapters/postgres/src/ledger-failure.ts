import type { Failure, LedgerFailure } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { CommitUnknown } from './commit.ts'
import type { Database } from './open-database.ts'
import { sqlStateOf } from './sql-state.ts'
import { sqlStateFaults } from './sql-state-faults.ts'
import { IllegalDecision, RaceLost } from './transaction.ts'

type Reporting = Pick<Database, 'report'>

const retryAfterSeconds = 2

/** What the table of faults names, such as missing rights, is the installation's fault. It can be mended as we run. */
const isMendable = (error: unknown): boolean => Object.hasOwn(sqlStateFaults, sqlStateOf(error) ?? '')

/** Constraint violations and statements that the database does not understand are bugs too. */
const isBug = (error: unknown): boolean => !isMendable(error) && isOurs(error)

const isOurs = (error: unknown): boolean =>
  error instanceof IllegalDecision || error instanceof TypeError || /^(22|23|42)/.test(sqlStateOf(error) ?? '')

/** A race that was lost again and again is the conflict that the database would have called so. */
const causeOf = (error: unknown): unknown => {
  if (error instanceof CommitUnknown) return error.cause
  return error instanceof RaceLost ? { code: '40001' } : error
}

/**
 * Whatever the database or the way to it did: the caller may try again, and knows whether something may have been
 * written.
 */
const toLedgerFailure = ({ report }: Reporting, error: unknown): LedgerFailure => ({
  code: error instanceof CommitUnknown ? 'LEDGER_OUTCOME_UNKNOWN' : 'LEDGER_UNAVAILABLE',
  retryAfterSeconds,
  fault: report(causeOf(error)),
})

/** Runs database work: what the database did to us becomes a value, a bug of ours stays an exception. */
export const writing =
  <L, A>(database: Reporting, work: () => Promise<E.Either<L, A>>): TaskEither<L | LedgerFailure, A> =>
  async () => {
    try {
      return await work()
    } catch (error) {
      if (isBug(error)) throw error
      return E.left(toLedgerFailure(database, error))
    }
  }

/** The same for work that writes nothing, or nothing that anybody acts on. */
export const reading =
  <A>({ report }: Reporting, work: () => Promise<A>): TaskEither<Failure<'LEDGER_UNAVAILABLE'>, A> =>
  async () => {
    try {
      return E.right(await work())
    } catch (error) {
      if (isBug(error)) throw error
      return E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds, fault: report(causeOf(error)) })
    }
  }
