import { expect } from 'chai'
import fc from 'fast-check'
import type { BudgetTerms } from './budget-slices.ts'
import { callPriorities, type CallPriority } from './call-priority.ts'
import { decideSlice, type StoredBudget } from './decide-slice.ts'

const terms: BudgetTerms = { perMinute: 60, burst: 3, share: 1 }
const start = 1_000_000_000

/** One database row, and what was granted under it with the time of the clock. */
const aRow = (own: BudgetTerms = terms) => {
  let stored: StoredBudget | undefined
  const ask = (at: number, priority: CallPriority, wanted = 1, now: BudgetTerms = own) => {
    const { budget, slice } = decideSlice(stored, { registryId: 'quay', terms: now, priority, wanted }, start + at)
    stored = budget
    return [slice.granted, slice.waitMilliseconds]
  }
  return { ask, stored: () => stored }
}

describe('the slices of a budget that processes share', () => {
  it('are a burst after a pause, and then what becomes due', () => {
    const { ask } = aRow()
    expect(ask(0, 'interactive', 10)).to.deep.equal([3, 1000])
    expect(ask(1000, 'interactive', 7)).to.deep.equal([1, 1000])
    expect(ask(1400, 'interactive', 6)).to.deep.equal([0, 1600])
    expect(ask(3_600_000, 'interactive', 6)).to.deep.equal([3, 1000])
  })

  it('are what is wanted and no more, without a wait', () => {
    expect(aRow().ask(0, 'pool', 2)).to.deep.equal([2, 0])
  })

  it('are this deployment’s share, of at least one request at once', () => {
    const { ask } = aRow({ perMinute: 60, burst: 3, share: 0.5 })
    expect(ask(0, 'due', 5)).to.deep.equal([1, 1000])
    expect(ask(1000, 'due', 4)).to.deep.equal([1, 2000])
    const small = aRow({ perMinute: 60, burst: 3, share: 0.1 })
    expect(small.ask(0, 'due', 2)).to.deep.equal([1, 10_000])
  })

  it('are not made by a clock that goes forth and back, which is believed once', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    expect(ask(30_000, 'due', 9)[0]).to.equal(3)
    expect(ask(0, 'due', 6)).to.deep.equal([0, 32_000])
    expect(ask(30_000, 'due', 6)[0]).to.equal(0)
    expect(ask(31_000, 'due', 6)[0]).to.equal(1)
  })

  it('begin with nothing where the clock was set back for long', () => {
    const { ask } = aRow()
    ask(3_600_000, 'due', 1)
    expect(ask(0, 'due', 5)).to.deep.equal([0, 1000])
    expect(ask(1000, 'due', 5)[0]).to.equal(1)
  })

  it('follow a changed configuration at once, which is no new burst', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    expect(ask(0, 'due', 50, { perMinute: 6000, burst: 100, share: 1 })[0]).to.equal(0)
    expect(ask(1000, 'due', 200, { perMinute: 6000, burst: 100, share: 1 })[0]).to.equal(100)
    const idle = aRow()
    idle.ask(0, 'due', 1)
    expect(idle.ask(3_600_000, 'due', 50, { perMinute: 60, burst: 100, share: 1 })[0]).to.equal(3)
    const full = aRow()
    full.ask(0, 'due', 1)
    expect(full.ask(3_600_000, 'due', 50, { perMinute: 60, burst: 1, share: 1 })[0]).to.equal(1)
    expect(full.ask(3_600_000, 'due', 50)[0]).to.equal(0)
  })

  it('are kept for a more urgent class that was refused, until it is late', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    expect(ask(500, 'urgent_revocation', 9)).to.deep.equal([0, 500])
    expect(ask(1000, 'drift', 1)).to.deep.equal([0, 1000])
    expect(ask(1000, 'urgent_revocation', 9)).to.deep.equal([1, 1000])
    expect(ask(2990, 'drift', 1)[0]).to.equal(0)
    expect(ask(3010, 'drift', 1)[0]).to.equal(1)
  })

  it('are kept for no more than what the more urgent class wanted', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    ask(500, 'urgent_revocation', 1)
    expect(ask(1500, 'drift', 1)[0]).to.equal(0)
    expect(ask(2000, 'drift', 1)[0]).to.equal(1)
  })

  it('give a class what it is owed before others, and no others what it is owed', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    const seconds = Array.from({ length: 41 }, (_, second) => second * 1000)
    const granted = seconds.map((at) => [ask(at, 'interactive', 100)[0], ask(at, 'drift', 100)[0]])
    expect(granted.filter(([, drift]) => drift === 1)).to.have.length(2)
    expect(granted.slice(1).filter(([interactive, drift]) => interactive === 0 && drift === 0)).to.deep.equal([])
  })

  it('let those of one class ask one after the other', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    expect(ask(100, 'due', 9)).to.deep.equal([0, 900])
    expect(ask(100, 'due', 9)).to.deep.equal([0, 1900])
    expect(ask(100, 'due', 9)).to.deep.equal([0, 2900])
    expect(Array.from({ length: 30 }, () => ask(100, 'due', 9)[1]).at(-1)).to.equal(20_000)
  })

  it('still count who is expected of a class after another of it got everything', () => {
    const { ask } = aRow()
    ask(0, 'due', 3)
    ask(0, 'due', 1)
    ask(0, 'due', 1)
    expect(ask(1000, 'due', 1)).to.deep.equal([1, 0])
    expect(ask(2000, 'drift', 1)[0]).to.equal(0)
    expect(ask(2000, 'due', 1)).to.deep.equal([1, 0])
    expect(ask(3000, 'drift', 1)[0]).to.equal(1)
  })
})

const priorities = fc.constantFrom(...callPriorities)

describe('the slices of a budget, whatever happens', () => {
  const someTerms = fc.record({
    perMinute: fc.integer({ min: 6, max: 6000 }),
    burst: fc.integer({ min: 1, max: 50 }),
    share: fc.constantFrom(0.1, 0.34, 0.5, 1),
  })

  it('are never more in any span of time than its rate and a burst, and what the clock skipped counts once', () => {
    const asks = fc.array(
      fc.record({
        pause: fc.nat(4000),
        skew: fc.integer({ min: -25_000, max: 25_000 }),
        priority: priorities,
        wanted: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 1, maxLength: 80 },
    )
    fc.assert(
      fc.property(someTerms, asks, (own, steps) => {
        const { ask } = aRow(own)
        let passed = 0
        const granted = steps.map(({ pause, skew, priority, wanted }) => {
          passed += pause
          return { at: passed, skew, count: ask(passed + skew, priority, wanted)[0] ?? 0 }
        })
        const rate = (own.perMinute * own.share) / 60_000
        const burst = Math.max(1, own.burst * own.share)
        granted.forEach((first, index) => {
          let sum = 0
          const span = { low: first.skew, high: first.skew }
          granted.slice(index).forEach((last) => {
            sum += last.count
            span.low = Math.min(span.low, last.skew)
            span.high = Math.max(span.high, last.skew)
            const earlier = Math.max(first.at + first.skew, ...granted.slice(0, index).map((one) => one.at + one.skew))
            const shown = Math.max(0, last.at + span.high - earlier)
            expect(sum).to.be.at.most(burst + shown * rate + 1e-6)
          })
        })
      }),
    )
  })

  /** Processes that always want more, each of one class, ask when they were told to, as late as their way is long. */
  const play = (own: BudgetTerms, processes: ReadonlyArray<readonly [CallPriority, number]>, seconds: number) => {
    const { ask } = aRow(own)
    const next = processes.map(([priority, way]) => ({ priority, way, at: way, got: 0 }))
    const upcoming = () => next.reduce((one, other) => (other.at < one.at ? other : one))
    for (let process = upcoming(); process.at < seconds * 1000; process = upcoming()) {
      const [granted = 0, wait = 0] = ask(process.at, process.priority, 40)
      process.got += granted
      process.at += wait + process.way
    }
    return next
  }

  const aFleet = fc.array(fc.tuple(priorities, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 8 })
  const manyPerMinute = fc.record({
    perMinute: fc.constantFrom(60, 300, 600, 1200),
    burst: fc.integer({ min: 5, max: 30 }),
    share: fc.constant(1),
  })

  it('leave no class without its twentieth, and nothing of the budget unused', () => {
    fc.assert(
      fc.property(manyPerMinute, aFleet, (own, processes) => {
        const seconds = 600
        const played = play(own, processes, seconds)
        const possible = (own.perMinute * seconds) / 60
        const sum = (of: ReadonlyArray<{ readonly got: number }>) => of.reduce((all, { got }) => all + got, 0)
        expect(sum(played), 'used').to.be.at.least(possible * 0.95)
        for (const priority of callPriorities) {
          const ofClass = played.filter((process) => process.priority === priority)
          if (ofClass.length > 0) expect(sum(ofClass), priority).to.be.at.least(possible * 0.05 * 0.9 - 2)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('reach every process of a class, however long its way is', () => {
    fc.assert(
      fc.property(
        manyPerMinute,
        priorities,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 5 }),
        (own, priority, ways) => {
          const played = play(
            own,
            ways.map((way) => [priority, way] as const),
            300,
          )
          const least = (own.perMinute * 5 * 0.25) / ways.length
          played.forEach(({ got }) => expect(got).to.be.at.least(least))
        },
      ),
      { numRuns: 60 },
    )
  })
})
