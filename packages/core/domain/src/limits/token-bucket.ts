import type { Instant } from '../platform/instant.ts'

/** What a bucket lets through: `perMinute` in the long run, and up to `burst` at once after a pause. */
export interface BucketTerms {
  readonly perMinute: number
  /** At least 1. */
  readonly burst: number
}

/** Some of its tokens may be there in part. */
export interface Bucket {
  readonly tokens: number
  /** When the tokens were counted. */
  readonly countedAt: Instant
}

export interface Draw {
  readonly isGranted: boolean
  /** Whole tokens that are left. */
  readonly remaining: number
  /** How long until the same draw could succeed; 0 where it did. */
  readonly waitMilliseconds: number
  readonly bucket: Bucket
}

export const millisecondsPerToken = ({ perMinute }: BucketTerms): number => 60_000 / perMinute

export const fullBucket = ({ burst }: BucketTerms, now: Instant): Bucket => ({ tokens: burst, countedAt: now })

/** A clock that went back fills nothing; other terms than before never give more than they allow. */
export const refilled = ({ tokens, countedAt }: Bucket, terms: BucketTerms, now: Instant): Bucket => ({
  tokens: Math.min(terms.burst, tokens + Math.max(0, now - countedAt) / millisecondsPerToken(terms)),
  countedAt: now,
})

/** Takes tokens if there are enough; otherwise none. More than `burst` at once can never be had. */
export const drawTokens = (bucket: Bucket, terms: BucketTerms, count: number, now: Instant): Draw => {
  const { tokens } = refilled(bucket, terms, now)
  const isGranted = tokens >= count
  const left = isGranted ? tokens - count : tokens
  return {
    isGranted,
    remaining: Math.floor(left),
    waitMilliseconds: isGranted ? 0 : Math.ceil((count - tokens) * millisecondsPerToken(terms)),
    bucket: { tokens: left, countedAt: now },
  }
}
