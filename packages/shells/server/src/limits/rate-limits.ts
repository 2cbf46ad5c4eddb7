import type { EffectiveConfig } from '@pull-secret/composition/server'
import type { RateLimit } from '@pull-secret/config'
import type { Clock } from '@pull-secret/domain'
import type { LimitClass } from '@pull-secret/wire'
import type { IO } from 'fp-ts/lib/IO.js'
import { type LimitTable, makeLimitTable } from './limit-table.ts'
import type { Quotas, Standing } from './quotas.ts'

export type LimitedClass = Exclude<LimitClass, 'exempt'>

/** Counts requests against their limits, in this process. */
export interface RateLimits {
  /** `count` requests from an address by somebody unknown; 0 only looks. */
  readonly ofAddress: (address: string, count: number) => IO<Standing>
  /** A request of a caller whose name is proven. */
  readonly ofSubject: (limitClass: LimitedClass, subject: string) => IO<Standing>
}

export interface RateLimitsDeps {
  readonly limits: EffectiveConfig['rateLimits']
  readonly clock: Pick<Clock, 'monotonic'>
  /** Told of each request that is refused. */
  readonly noteLimited: (limitClass: LimitedClass | 'unauthenticated') => IO<void>
}

const mostSubjects = 10_000
const mostAddresses = 10_000

const quotasOf = ({ perMinute, perSecond }: RateLimit): Quotas => [
  { limit: perMinute, windowSeconds: 60 },
  { limit: perSecond, windowSeconds: 1 },
]

export const makeRateLimits = ({ limits, clock, noteLimited }: RateLimitsDeps): RateLimits => {
  const own = new Map(limits.subjects.map((entry) => [entry.subject, entry]))
  const subjects: Readonly<Record<LimitedClass, LimitTable>> = {
    standard: makeLimitTable({ mostKeys: mostSubjects, clock }),
  }
  const addresses = makeLimitTable({ mostKeys: mostAddresses, clock })

  const counted =
    (limitClass: LimitedClass | 'unauthenticated', draw: IO<Standing>): IO<Standing> =>
    () => {
      const standing = draw()
      if (!standing.isGranted) noteLimited(limitClass)()
      return standing
    }

  return {
    ofAddress: (address, count) =>
      counted('unauthenticated', addresses.draw(address, quotasOf(limits.unauthenticated), count)),
    ofSubject: (limitClass, subject) => {
      const limit = (own.get(subject) ?? limits)[limitClass]
      return counted(limitClass, subjects[limitClass].draw(subject, quotasOf(limit), 1))
    },
  }
}
