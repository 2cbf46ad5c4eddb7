import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Deadline } from '../registries/registry-client.ts'
import type { CallPriority } from './call-priority.ts'

/** Why a request may not be sent now. */
export interface NoTurn {
  readonly problem: 'budget_spent' | 'budget_unavailable'
  /** When there is hope, from the queue and the budget. */
  readonly retryAfterSeconds: number
}

/** The turns of one registry. Each is for exactly one request, repeats and logins included. */
export interface CallBudget {
  /**
   * Waits until the request may be sent, behind what is more urgent, and behind what waits longer for the same. Refuses
   * as soon as its turn cannot come before the deadline, and where the shared budget cannot be read.
   */
  readonly turn: (priority: CallPriority, deadline: Deadline) => TaskEither<NoTurn, void>
}
