import type { Credential } from '../credentials/credential.ts'
import type { Instant } from '../platform/instant.ts'
import type { CallProblem } from '../registries/outcomes.ts'

/** After so many tries somebody has to look at a row. Trying never ends. */
export const triesBeforeStuck = 10

/** What kept us from trying at all was our own. */
const ownWaiting: ReadonlyArray<CallProblem> = [
  'object_busy',
  'deadline_passed',
  'budget_spent',
  'budget_unavailable',
  'circuit_open',
]

interface Tried {
  readonly kind: string
  readonly problem?: CallProblem
}

/** Whether nothing was tried: somebody else held the shared object, the time was up, or it was not our turn. */
export const isOwnWaiting = ({ kind, problem }: Tried): boolean =>
  kind === 'not_sent' && problem !== undefined && ownWaiting.includes(problem)

/** How many tries a row has had after this one. */
export const triesAfter = ({ tries }: Pick<Credential, 'tries'>, outcome: Tried): number =>
  isOwnWaiting(outcome) ? tries : tries + 1

/** Why the row is where it is: our own waiting does not hide what was wrong before. */
export const problemAfter = ({ problem }: Pick<Credential, 'problem'>, outcome: Tried): CallProblem | undefined =>
  isOwnWaiting(outcome) ? (problem ?? outcome.problem) : outcome.problem

/** Since when a row waits for somebody. */
export const stuckSinceAfter = (
  { stuckSince }: Pick<Credential, 'stuckSince'>,
  tries: number,
  now: Instant,
): Instant | undefined => stuckSince ?? (tries >= triesBeforeStuck ? now : undefined)

/**
 * Whether a try that failed is worth a record: when its problem is another than before, and ever more rarely while it
 * is the same, at 1, 2, 4, 8 tries and so on.
 */
export const isWorthTelling = (before: Pick<Credential, 'problem' | 'tries'>, outcome: Tried): boolean => {
  if (isOwnWaiting(outcome)) return false
  const tries = triesAfter(before, outcome)
  return outcome.problem !== before.problem || (tries & (tries - 1)) === 0
}
