import { type Bucket, type BucketTerms, drawTokens, fullBucket, type Instant, refilled } from '@pull-secret/domain'

/** So many requests in so much time. Whoever never sends more in any such time is never refused. */
export interface Quota {
  readonly limit: number
  readonly windowSeconds: number
}

/** All of them hold at the same time; the first is the one that answers tell of. */
export type Quotas = readonly [Quota, ...ReadonlyArray<Quota>]

/** How somebody stands after a draw, in the quota that says most: the one that refuses it, or else the first. */
export interface Standing extends Quota {
  readonly isGranted: boolean
  /** Whole requests that are left. */
  readonly remaining: number
  /** How long until the same draw could succeed; 0 where it did. */
  readonly waitMilliseconds: number
  /** How long until all are left again. */
  readonly fullInMilliseconds: number
}

/** A bucket for each quota, in their order. */
export type Buckets = ReadonlyArray<Bucket>

const termsOf = ({ limit, windowSeconds }: Quota): BucketTerms => ({
  perMinute: (limit * 60) / windowSeconds,
  burst: limit,
})

/**
 * Takes `count` from every quota, or, if one of them has less, from none. Without buckets everything is left. `now` is
 * of a clock that never goes back.
 */
export const drawFromAll = (
  kept: Buckets | undefined,
  quotas: Quotas,
  count: number,
  now: Instant,
): { readonly standing: Standing; readonly buckets: Buckets } => {
  const draws = quotas.map((quota, index) => {
    const terms = termsOf(quota)
    const before = kept?.[index] ?? fullBucket(terms, now)
    return { quota, draw: drawTokens(before, terms, count, now), untouched: refilled(before, terms, now) }
  })
  // Who is granted waits for nothing.
  const { quota, draw } = draws.reduce((one, other) =>
    other.draw.waitMilliseconds > one.draw.waitMilliseconds ? other : one,
  )
  const { limit, windowSeconds } = quota
  const { isGranted, remaining, waitMilliseconds } = draw
  return {
    standing: {
      isGranted,
      limit,
      windowSeconds,
      remaining,
      waitMilliseconds,
      fullInMilliseconds: ((limit - draw.bucket.tokens) / limit) * windowSeconds * 1000,
    },
    buckets: draws.map(({ draw: { bucket }, untouched }) => (isGranted ? bucket : untouched)),
  }
}
