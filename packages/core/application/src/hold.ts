import {
  type CallPriority,
  type CallTerms,
  type Cause,
  type Clock,
  type Credential,
  type Failure,
  type LedgerFailure,
  type Registry,
  type RowResult,
  sendDeadline,
} from '@pull-secret/domain'
import type { IO } from 'fp-ts/lib/IO.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** What goes for rows while their leases last. Made before these are asked for, since their time runs from there. */
export interface Hold {
  /** By the monotonic clock. */
  readonly askedAt: number
  readonly priority: CallPriority
  readonly cause: Cause
}

export const beginHold =
  (clock: Pick<Clock, 'monotonic'>, priority: CallPriority, cause: Cause): IO<Hold> =>
  () => ({ askedAt: clock.monotonic(), priority, cause })

/** Of every request that is sent for such a row. */
export const termsOf = (registry: Registry, { askedAt, priority }: Hold): CallTerms => ({
  deadline: sendDeadline(registry, askedAt),
  priority,
})

/** One vendor call for a row under a lease, recorded whatever it brings; says what it left of the row. */
export type WorkOnRow = (
  credential: Credential,
  hold: Hold,
) => TaskEither<Failure<'FENCE_LOST'> | LedgerFailure, RowResult>
