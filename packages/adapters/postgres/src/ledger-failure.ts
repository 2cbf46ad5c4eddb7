import type { Failure, LedgerFailure } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { CommitUnknown, IllegalDecision, sqlStateOf } from './transaction.ts'

const retryAfterSeconds = 2

/**
 * A pooler's mixed-up statements and missing rights are the installation's faults, which somebody can mend while we
 * run.
 */
const isMendable = (error: unknown): boolean => ['42P05', '26000', '42501'].includes(sqlStateOf(error) ?? '')

/** Constraint violations and statements that the database does not understand are bugs too. */
const isBug = (error: unknown): boolean => !isMendable(error) && isOurs(error)

const isOurs = (error: unknown): boolean =>
  error instanceof IllegalDecision || error instanceof TypeError || /^(22|23|42)/.test(sqlStateOf(error) ?? '')

/**
 * Whatever the database or the way to it did: the caller may try again, and knows whether something may have been
 * written.
 */
const toLedgerFailure = (error: unknown): LedgerFailure =>
  error instanceof CommitUnknown
    ? { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds }
    : { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds }

/** Runs database work: what the database did to us becomes a value, a bug of ours stays an exception. */
export const writing =
  <L, A>(work: () => Promise<E.Either<L, A>>): TaskEither<L | LedgerFailure, A> =>
  async () => {
    try {
      return await work()
    } catch (error) {
      if (isBug(error)) throw error
      return E.left(toLedgerFailure(error))
    }
  }

/** The same for work that writes nothing, or nothing that anybody acts on. */
export const reading =
  <A>(work: () => Promise<A>): TaskEither<Failure<'LEDGER_UNAVAILABLE'>, A> =>
  async () => {
    try {
      return E.right(await work())
    } catch (error) {
      if (isBug(error)) throw error
      return E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds })
    }
  }
