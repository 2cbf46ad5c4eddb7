import type { Failure, LedgerFailure, RecoverySummary, RowResult } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

export type RowOutcome = E.Either<WorkFailure, RowResult>

export type WorkFailure = Failure<'FENCE_LOST' | 'KEY_UNAVAILABLE'> | LedgerFailure

export const nothing: RecoverySummary = {
  rows: 0,
  done: 0,
  waiting: 0,
  refused: 0,
  stuck: 0,
  clusters: 0,
  failed: 0,
  isFinished: true,
}

export const sum = (one: RecoverySummary, other: RecoverySummary): RecoverySummary => ({
  rows: one.rows + other.rows,
  done: one.done + other.done,
  waiting: one.waiting + other.waiting,
  refused: one.refused + other.refused,
  stuck: one.stuck + other.stuck,
  clusters: one.clusters + other.clusters,
  failed: one.failed + other.failed,
  isFinished: one.isFinished && other.isFinished,
})

export const countFailed = (results: ReadonlyArray<E.Either<WorkFailure, unknown>>): number =>
  results.filter((result) => E.isLeft(result) && result.left.code !== 'FENCE_LOST').length

/** A row that somebody else decided about meanwhile is in other hands: as far as this run can tell, it waits. */
const resultOf = (result: RowOutcome): RowResult | 'failed' => {
  if (E.isRight(result)) return result.right
  return result.left.code === 'FENCE_LOST' ? 'waiting' : 'failed'
}

export const countRows = (results: ReadonlyArray<RowOutcome>): RecoverySummary => {
  const count = (wanted: RowResult | 'failed'): number => results.filter((result) => resultOf(result) === wanted).length
  return {
    ...nothing,
    rows: results.length,
    done: count('done'),
    waiting: count('waiting'),
    refused: count('refused'),
    stuck: count('stuck'),
    failed: count('failed'),
  }
}
