import type { CallProblem } from '@pull-secret/domain'
import type { Random } from '../random.ts'

/** Why nothing can be sent to a vendor. */
export type OutageProblem = Extract<CallProblem, 'unreachable' | 'untrusted_certificate'>

/** Times in which nothing is sent to a vendor: no connection comes about. */
export interface Outages {
  /** A later outage never shortens an earlier one. */
  readonly begin: (problem: OutageProblem, milliseconds: number) => void
  /** Why nothing can be sent now. */
  readonly problem: () => OutageProblem | undefined
  /** When the vendor can be reached again. */
  readonly endsAt: () => number
  readonly end: () => void
}

export const makeOutages = (now: () => number): Outages => {
  let current: OutageProblem = 'unreachable'
  let until = 0
  return {
    begin: (problem, milliseconds) => {
      current = problem
      until = Math.max(until, now() + milliseconds)
    },
    problem: () => (now() < until ? current : undefined),
    endsAt: () => until,
    end: () => {
      until = 0
    },
  }
}

/**
 * Most are restarts of seconds; one in six lasts up to an hour; one in twenty up to eight, like a certificate that
 * nobody renews before the morning.
 */
export const outageMilliseconds = (random: Random): number => {
  const dice = random.next()
  if (dice < 0.8) return random.between(1000, 60_000)
  return dice < 0.95 ? random.between(60_000, 3_600_000) : random.between(3_600_000, 28_800_000)
}
