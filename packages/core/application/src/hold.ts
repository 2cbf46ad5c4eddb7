import type { CallPriority, Cause, Clock } from '@pull-secret/domain'
import type { IO } from 'fp-ts/lib/IO.js'

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
