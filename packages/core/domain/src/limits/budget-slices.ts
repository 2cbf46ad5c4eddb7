import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'
import type { CallPriority } from './call-priority.ts'

/** How many requests all replicas of this deployment together may send to one registry. */
export interface BudgetTerms {
  /** What the vendor allows everybody who shares its limit. */
  readonly perMinute: number
  /** How many of them at once after a pause. At least 1. */
  readonly burst: number
  /** This deployment's part of both, above 0 and at most 1. */
  readonly share: number
}

export interface SliceRequest {
  readonly registryId: string
  readonly terms: BudgetTerms
  /** Of the requests that it is for. */
  readonly priority: CallPriority
  /** How many requests of that priority wait; at least 1. */
  readonly wanted: number
}

/** Requests that one process may send. */
export interface BudgetSlice {
  /** Sent within one second after the slice was asked for; what is not sent by then is lost. */
  readonly granted: number
  /** Where less was granted than was wanted: when to ask again, in milliseconds. */
  readonly waitMilliseconds: number
}

/**
 * One budget for each registry, shared by every process. In any span of time no more is granted than the terms allow,
 * whatever happens to processes and clocks; a slice whose answer is lost costs what it granted and nothing else.
 */
export interface BudgetSlices {
  readonly take: (request: SliceRequest) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, BudgetSlice>
}
