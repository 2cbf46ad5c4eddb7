import type { Request } from '../callers.ts'
import { latestCommitMilliseconds } from '../simulated-ledger.ts'

/**
 * When a request can have been decided at the latest: a commit that nobody acknowledged may happen some time after
 * its process gave up, or died.
 */
export const latestDecision = ({ answer, endedAt, replica }: Request): number => {
  if (endedAt !== undefined && answer !== 'unknown') return endedAt
  return (endedAt ?? replica.diedAt()) + latestCommitMilliseconds
}
