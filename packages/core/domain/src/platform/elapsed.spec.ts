import { expect } from 'chai'
import fc from 'fast-check'
import { elapsedAfter } from '../index.ts'

const before = { monotonic: 5000, wall: 1_000_000, total: 7000 }

describe('elapsed time', () => {
  it('is what the monotonic clock says while both clocks agree', () => {
    expect(elapsedAfter(before, 5100, 1_000_100)).to.deep.equal({ monotonic: 5100, wall: 1_000_100, total: 7100 })
  })

  it('includes how long the machine stood still', () => {
    expect(elapsedAfter(before, 5100, 1_000_100 + 3_600_000).total).to.equal(7100 + 3_600_000)
  })

  it('leaves out what clocks are slewed by, and a wall clock that is set back', () => {
    expect([elapsedAfter(before, 5100, 1_001_100).total, elapsedAfter(before, 5100, 0).total]).to.deep.equal([
      7100, 7100,
    ])
  })

  it('never goes back, and never falls behind the monotonic clock', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(10_000_000), fc.integer())), (readings) => {
        let elapsed = { monotonic: 0, wall: 0, total: 0 }
        for (const [passed, wall] of readings) {
          const next = elapsedAfter(elapsed, elapsed.monotonic + passed, wall)
          expect(next.total - elapsed.total).to.be.at.least(passed)
          elapsed = next
        }
      }),
    )
  })
})
