import type { Clock } from '@pull-secret/domain'
import type { IO } from 'fp-ts/lib/IO.js'
import { type Buckets, drawFromAll, type Quotas, type Standing } from './quotas.ts'

/** The buckets of everybody who is limited alike. Lives in this process alone. */
export interface LimitTable {
  /** Takes `count` from the buckets of `key`; 0 only looks. Every draw of a table has as many quotas. */
  readonly draw: (key: string, quotas: Quotas, count: number) => IO<Standing>
}

export interface LimitTableOptions {
  readonly mostKeys: number
  readonly clock: Pick<Clock, 'monotonic'>
}

/**
 * Keeps buckets for `mostKeys` keys. One key more takes the place of the one that drew the longest ago, and its buckets
 * as they are by then: whoever has more keys than there are places gets no more than the places have. In ordinary times
 * those buckets have filled up long since.
 */
export const makeLimitTable = ({ mostKeys, clock }: LimitTableOptions): LimitTable => {
  const kept = new Map<string, Buckets>()

  const takePlace = (): Buckets | undefined => {
    if (kept.size < mostKeys) return undefined
    const [oldest = '', buckets] = kept.entries().next().value ?? []
    kept.delete(oldest)
    return buckets
  }

  return {
    draw: (key, quotas, count) => () => {
      const before = kept.get(key) ?? takePlace()
      const { standing, buckets } = drawFromAll(before, quotas, count, clock.monotonic())
      // What was set last is the youngest of a map.
      kept.delete(key)
      kept.set(key, buckets)
      return standing
    },
  }
}
