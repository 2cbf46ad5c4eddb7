import { type BucketTerms, millisecondsPerToken } from '@pull-secret/domain'

/** Counts what one deployment sends to a vendor with a limit, by the time of the simulation. */
export interface SpentCalls {
  /** A request leaves. */
  readonly spend: () => void
  /** The clock by which turns are given jumped ahead: it is believed once. */
  readonly clockJumpedAhead: () => void
  /** How many requests left that were too many. */
  readonly excess: () => number
}

/** A turn is for one second, and its request needs a moment to leave. */
const slackMilliseconds = 1100

/** What a deployment may send that has this part of the vendor's limit. */
export const makeSpentCalls = (terms: BucketTerms, now: () => number): SpentCalls => {
  const perToken = millisecondsPerToken(terms)
  const most = terms.burst + slackMilliseconds / perToken
  let tokens = most
  let countedAt = now()
  let excess = 0
  const count = (): void => {
    const earned = (now() - countedAt) / perToken
    tokens = Math.max(tokens, Math.min(most, tokens + earned))
    countedAt = now()
  }
  return {
    spend: () => {
      count()
      tokens -= 1
      if (tokens < 0) {
        excess += 1
        tokens = 0
      }
    },
    clockJumpedAhead: () => {
      count()
      tokens += terms.burst
    },
    excess: () => excess,
  }
}
