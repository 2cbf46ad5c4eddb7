import { expect } from 'chai'
import fc from 'fast-check'
import { type Buckets, drawFromAll, type Quota, type Quotas, type Standing } from './quotas.ts'

const minute: Quota = { limit: 100, windowSeconds: 60 }
const second: Quota = { limit: 20, windowSeconds: 1 }
const both: Quotas = [minute, second]

/** One request at each of these times. */
const drawnAt = (times: ReadonlyArray<number>, quotas: Quotas = both): ReadonlyArray<Standing> => {
  let buckets: Buckets | undefined
  return times.map((now) => {
    const drawn = drawFromAll(buckets, quotas, 1, now)
    buckets = drawn.buckets
    return drawn.standing
  })
}

const together = (count: number, at = 0): ReadonlyArray<number> => Array.from({ length: count }, () => at)
const grantedOf = (standings: ReadonlyArray<Standing>): number => standings.filter(({ isGranted }) => isGranted).length

const rising = fc
  .array(fc.oneof(fc.nat(3), fc.nat(400), fc.nat(8000), fc.constantFrom(512, 8192)), { maxLength: 120 })
  .map((gaps) => gaps.reduce<ReadonlyArray<number>>((times, gap) => [...times, (times.at(-1) ?? 0) + gap], []))

/** One request comes back every 2048 or 256 ms, which numbers of the language can add up without rounding. */
const few: Quotas = [
  { limit: 4, windowSeconds: 8.192 },
  { limit: 2, windowSeconds: 0.512 },
]

/** Leaves out what would be one too many in any window. */
const withinAll = (times: ReadonlyArray<number>, quotas: Quotas): ReadonlyArray<number> =>
  times.reduce<ReadonlyArray<number>>((kept, time) => {
    const isWithin = quotas.every(
      ({ limit, windowSeconds }) => kept.filter((other) => other > time - windowSeconds * 1000).length < limit,
    )
    return isWithin ? [...kept, time] : kept
  }, [])

describe('the quotas of a caller', () => {
  it('never refuse whoever sends no more than any of them says', () => {
    fc.assert(
      fc.property(rising, (times) => {
        const sent = withinAll(times, few)
        expect(grantedOf(drawnAt(sent, few))).to.equal(sent.length)
      }),
    )
  })

  it('grant as many as fill up, and at once no more than one of them has', () => {
    fc.assert(
      fc.property(rising, (times) => {
        const standings = drawnAt(times, few)
        const granted = times.filter((_, index) => standings[index]?.isGranted)
        granted.forEach((from, first) =>
          granted.slice(first).forEach((until, more) => {
            for (const { limit, windowSeconds } of few)
              expect(more + 1).to.be.at.most(limit + ((until - from) / 1000) * (limit / windowSeconds) + 1e-6)
          }),
        )
      }),
    )
  })

  it('tell of the first, or of the one that refuses for the longest', () => {
    const standings = drawnAt([...together(21), ...together(20, 1000), ...together(20, 2000), ...together(20, 3000)])
    expect(standings[19]).to.include({ isGranted: true, limit: 100, remaining: 80, waitMilliseconds: 0 })
    expect(standings[20]).to.include({ isGranted: false, ...second, remaining: 0, waitMilliseconds: 50 })
    const late = drawnAt([0, 1000, 2000, 3000, 4000, 5000].flatMap((at) => together(20, at))).at(-1)
    expect(late).to.include({ isGranted: false, ...minute, remaining: 0 })
    expect(late?.waitMilliseconds).to.be.within(1, 600)
  })

  it('say when all of it is left again', () => {
    const waits = drawnAt([0, 0]).map(({ fullInMilliseconds }) => Math.round(fullInMilliseconds))
    expect(waits).to.deep.equal([600, 1200])
  })

  it('take nothing for a request that one of them refuses', () => {
    const spent = drawnAt([...together(20), ...together(500, 1)])
    expect(grantedOf(spent)).to.equal(20)
    const later = drawnAt([...together(20), ...together(500, 1), 60_001])
    expect(later.at(-1)).to.include({ isGranted: true, remaining: 99 })
  })

  it('let a refused request through exactly when they said', () => {
    const standings = drawnAt(together(21))
    const wait = standings.at(-1)?.waitMilliseconds ?? 0
    expect(drawnAt([...together(20), wait - 1]).at(-1)?.isGranted).to.equal(false)
    expect(drawnAt([...together(20), wait]).at(-1)?.isGranted).to.equal(true)
  })
})
