import { expect } from 'chai'
import fc from 'fast-check'
import { drawTokens, fullBucket, refilled } from './token-bucket.ts'

const terms = { perMinute: 60, burst: 3 }
const start = 1_000_000

describe('a token bucket', () => {
  it('gives a burst, then one token as each becomes due', () => {
    const first = drawTokens(fullBucket(terms, start), terms, 3, start)
    expect(first).to.deep.equal({
      isGranted: true,
      remaining: 0,
      waitMilliseconds: 0,
      bucket: { tokens: 0, countedAt: start },
    })
    const early = drawTokens(first.bucket, terms, 1, start + 400)
    expect([early.isGranted, early.waitMilliseconds]).to.deep.equal([false, 600])
    expect(drawTokens(early.bucket, terms, 1, start + 1000).isGranted).to.equal(true)
  })

  it('holds no more than a burst, and less at once where the terms become narrower', () => {
    const full = fullBucket(terms, start)
    expect(refilled(full, terms, start + 3_600_000).tokens).to.equal(3)
    expect(refilled(full, { perMinute: 60, burst: 1 }, start).tokens).to.equal(1)
  })

  it('is not filled by a clock that goes back', () => {
    const empty = { tokens: 0, countedAt: start }
    expect(refilled(empty, terms, start - 60_000)).to.deep.equal({ tokens: 0, countedAt: start - 60_000 })
  })

  it('lets no more through in any span than its rate and a burst, and all of it to who asks often enough', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(pauses, (waits) => {
        const granted: Array<number> = []
        waits.reduce(
          ({ bucket, now }, wait) => {
            const next = drawTokens(bucket, terms, 1, now + wait)
            if (next.isGranted) granted.push(now + wait)
            return { bucket: next.bucket, now: now + wait }
          },
          { bucket: fullBucket(terms, start), now: start },
        )
        granted.forEach((from, index) =>
          granted.slice(index).forEach((to, further) => {
            expect(further + 1).to.be.at.most(terms.burst + (to - from) / 1000 + 1e-6)
          }),
        )
      }),
    )
  })
})
