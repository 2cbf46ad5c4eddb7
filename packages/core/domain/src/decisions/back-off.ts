import { boundedDelaySeconds } from './bounded.ts'

const firstDelaySeconds = 1
const longestDelaySeconds = 300

const spread = (text: string): number => {
  const sum = [...text].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) % 1_000_003, 7)
  return (sum % 1000) / 1000
}

/**
 * How soon to look again at what was not sent for a reason of our own: at the time that was named, or at once where
 * only time ran out.
 */
export const ownDelaySeconds = (outcome: {
  readonly kind: string
  readonly problem?: string
  readonly retryAfterSeconds?: number
}): number | undefined => {
  if (outcome.kind !== 'not_sent') return undefined
  return (
    boundedDelaySeconds(outcome.retryAfterSeconds) ??
    (outcome.problem === 'deadline_passed' ? firstDelaySeconds : undefined)
  )
}

/**
 * Doubles from 1 s to 5 min where nothing else is said, each wait lengthened by up to a quarter that differs from row
 * to row and from try to try.
 */
export const backOffSeconds = (tries: number, seed: string, longestSeconds = longestDelaySeconds): number => {
  const delay = Math.min(longestSeconds, firstDelaySeconds * 2 ** Math.min(Math.max(0, tries - 1), 20))
  return delay * (1 + 0.25 * spread(`${seed}/${String(tries)}`))
}
