import type { BudgetSlice, BudgetSlices, BudgetTerms, CallPriority, Clock, SliceRequest } from '@pull-secret/domain'
import { makeInMemoryBudgetSlices, makeSilentLogger } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { makeManualClock } from '../test/world.ts'
import { makeCallBudget } from './call-budget.ts'

const terms: BudgetTerms = { perMinute: 60, burst: 2, share: 1 }
const far = 10_000_000

const aWorld = (own: BudgetTerms = terms, processes = 1) => {
  const { clock: manual } = makeManualClock()
  const pauses = { count: 0 }
  const clock: Clock = {
    ...manual,
    sleep: (milliseconds) => {
      pauses.count += 1
      return manual.sleep(milliseconds)
    },
  }
  const shared = makeInMemoryBudgetSlices({ budgets: new Map(), clock })
  const asked: Array<SliceRequest> = []
  const underWay = { now: 0, most: 0 }
  const slices: BudgetSlices = {
    take: (request) => async () => {
      asked.push(request)
      underWay.now += 1
      underWay.most = Math.max(underWay.most, underWay.now)
      const slice = await shared.take(request)()
      underWay.now -= 1
      return slice
    },
  }
  const budgets = Array.from({ length: processes }, () =>
    makeCallBudget({ registryId: 'quay', terms: own, slices, clock, logger: makeSilentLogger() }),
  )
  const served: Array<{ readonly name: string; readonly at: number }> = []
  /** Asks for a turn now; notes who got one when. */
  const turn = async (name: string, priority: CallPriority, deadline = far, process = 0) => {
    const result = await budgets[process]?.turn(priority, deadline)()
    if (result !== undefined && E.isRight(result)) served.push({ name, at: clock.monotonic() })
    return result
  }
  const secondsUntilTurn = (priority: CallPriority) => budgets[0]?.secondsUntilTurn(priority)()
  return { clock, asked, pauses, underWay, turn, secondsUntilTurn, served, names: () => served.map(({ name }) => name) }
}

/** Lets what is ready go on, while the clock stands. */
const untilAllWait = async () => {
  for (let step = 0; step < 100; step += 1) await Promise.resolve()
}

/** A budget whose slices the spec gives itself. */
const withSlices = (take: (request: SliceRequest) => ReturnType<BudgetSlices['take']>) => {
  const { clock, advance } = makeManualClock()
  const logger = makeSilentLogger()
  return { clock, advance, budget: makeCallBudget({ registryId: 'quay', terms, slices: { take }, clock, logger }) }
}

const slice =
  (granted: number, waitMilliseconds = 0): Task<E.Either<never, BudgetSlice>> =>
  () =>
    Promise.resolve(E.right({ granted, waitMilliseconds }))

describe('the turns of a process at a registry', () => {
  it('come at once while the budget has some, then as they become due, oldest first', async () => {
    const { turn, served } = aWorld()
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => turn(name, 'due')))
    expect(served).to.deep.equal([
      { name: 'a', at: 0 },
      { name: 'b', at: 0 },
      { name: 'c', at: 1000 },
      { name: 'd', at: 2000 },
    ])
  })

  it('come to the more urgent first, whoever asked before', async () => {
    const { turn, names } = aWorld()
    const order = ['drift', 'pool', 'refresh', 'due', 'interactive', 'urgent_revocation'] as const
    await Promise.all([turn('first', 'due'), turn('second', 'due')])
    await Promise.all(order.map((priority) => turn(priority, priority)))
    expect(names().slice(2)).to.deep.equal([...order].reverse())
  })

  it('come to a further step of what was begun before they come to what begins', async () => {
    const { turn, names } = aWorld()
    const steps = async (name: string, deadline: number) => {
      await turn(name, 'due', deadline)
      await turn(name, 'due', deadline)
    }
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name, index) => steps(name, 60_000 + index)))
    expect(names().slice(2).join('')).to.equal('abccddee')
  })

  it('come to every class, however many wait for a more urgent one', async () => {
    const { turn, names } = aWorld()
    await Promise.all([
      ...Array.from({ length: 120 }, () => turn('interactive', 'interactive')),
      ...Array.from({ length: 3 }, () => turn('drift', 'drift')),
    ])
    const places = names().flatMap((name, place) => (name === 'drift' ? [place] : []))
    expect(places[0]).to.be.at.most(25)
    expect(places[2]).to.be.at.most(70)
  })

  it('are refused at once where they cannot come in time, with the time until there is hope', async () => {
    const { turn, clock, secondsUntilTurn } = aWorld()
    await Promise.all([turn('a', 'due'), turn('b', 'due')])
    const waiting = Array.from({ length: 12 }, () => turn('due', 'due', 10_000))
    await untilAllWait()
    expect(await turn('late', 'due', 10_000)).to.deep.equal(E.left({ problem: 'budget_spent', retryAfterSeconds: 13 }))
    expect([secondsUntilTurn('due'), secondsUntilTurn('interactive')]).to.deep.equal([13, 1])
    expect(clock.monotonic()).to.equal(0)
    await Promise.all(waiting)
  })

  it('are refused as soon as the budget says that they cannot come in time', async () => {
    const { turn, clock } = aWorld()
    await Promise.all([turn('a', 'due'), turn('b', 'due')])
    expect(await turn('c', 'due', 500)).to.deep.equal(E.left({ problem: 'budget_spent', retryAfterSeconds: 1 }))
    expect(await turn('d', 'due', 600)).to.deep.equal(E.left({ problem: 'budget_spent', retryAfterSeconds: 1 }))
    expect(clock.monotonic()).to.equal(0)
  })

  it('are waited for until the deadline and no longer', async () => {
    const { clock, budget } = withSlices(() => () => new Promise(() => undefined))
    expect(await budget.turn('due', 700)()).to.deep.equal(E.left({ problem: 'budget_spent', retryAfterSeconds: 1 }))
    expect(clock.monotonic()).to.equal(700)
  })

  it('are asked of the shared budget one request at a time, and rarely', async () => {
    const { turn, asked, pauses, underWay } = aWorld()
    const first = Array.from({ length: 4 }, () => turn('due', 'due'))
    await untilAllWait()
    await Promise.all([...first, ...Array.from({ length: 56 }, () => turn('due', 'due'))])
    expect(underWay.most).to.equal(1)
    expect([asked.length <= 61, pauses.count <= 61]).to.deep.equal([true, true])
    expect(asked.slice(0, 2).map(({ priority, wanted }) => [priority, wanted])).to.deep.equal([
      ['due', 4],
      ['due', 58],
    ])
  })

  it('are not asked for before the budget said, though nobody waited meanwhile', async () => {
    const { turn, asked, clock } = aWorld()
    await Promise.all([turn('a', 'due', 100), turn('b', 'due', 200), turn('c', 'due', 400)])
    const before = asked.length
    await clock.sleep(100)()
    await turn('d', 'due')
    expect(asked.slice(before)).to.have.length(1)
    expect(clock.monotonic()).to.equal(1000)
  })

  it('are left over for the next one where somebody went, until their second is over', async () => {
    const answers = [slice(1, 5000), slice(4), slice(1)]
    let asked = 0
    const { budget, advance } = withSlices(() => {
      asked += 1
      return answers[asked - 1] ?? slice(0, 60_000)
    })
    const turn = (priority: CallPriority) => budget.turn(priority, far)()
    await turn('due')
    await Promise.all([turn('interactive')])
    expect(await Promise.all([turn('due'), turn('drift')])).to.deep.equal([E.right(undefined), E.right(undefined)])
    expect(asked).to.equal(2)
    advance(1000)
    await turn('interactive')
    expect(asked).to.equal(3)
  })

  it('do not come from a slice whose second is over', async () => {
    let asked = 0
    const { budget, advance } = withSlices(() => async () => {
      asked += 1
      if (asked === 1) advance(1000)
      return slice(1)()
    })
    expect(await budget.turn('due', far)()).to.deep.equal(E.right(undefined))
    expect(asked).to.equal(2)
  })

  it('do not come while the budget cannot be read, and come again afterwards', async () => {
    let asked = 0
    const { budget } = withSlices(() => {
      asked += 1
      return asked === 1
        ? () => Promise.resolve(E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 7 }))
        : slice(2)
    })
    const failed = E.left({ problem: 'budget_unavailable', retryAfterSeconds: 7 })
    const turn = () => budget.turn('due', far)()
    expect(await Promise.all([turn(), turn()])).to.deep.equal([failed, failed])
    expect(await turn()).to.deep.equal(E.right(undefined))
  })

  it('do not hang where the budget fails in a way that nobody foresaw', async () => {
    const { budget } = withSlices(() => () => Promise.reject(new Error('unforeseen')))
    expect(await budget.turn('due', far)()).to.deep.equal(
      E.left({ problem: 'budget_unavailable', retryAfterSeconds: 5 }),
    )
  })
})

describe('the turns of several processes at a registry', () => {
  it('use the budget and never more of it in any span of time', async () => {
    const fast: BudgetTerms = { perMinute: 600, burst: 10, share: 1 }
    const { turn, served } = aWorld(fast, 3)
    const calls = 3000
    const priorities = ['interactive', 'due', 'drift'] as const
    await Promise.all(
      Array.from({ length: calls }, (_, index) => turn('call', priorities[(index % 7) % 3] ?? 'due', far, index % 3)),
    )
    const times = served.map(({ at }) => at).sort((one, other) => one - other)
    const last = times.at(-1) ?? 0
    expect(times).to.have.length(calls)
    expect(((last * 10) / 1000 + 10) * 0.95).to.be.at.most(calls)
    times.forEach((from, index) => {
      for (const further of [10, 20, 100, 1000]) {
        const to = times[index + further]
        if (to !== undefined) expect(further + 1).to.be.at.most(10 + (to - from) / 100 + 1e-6)
      }
    })
  })

  it('reach each of them', async () => {
    const { turn, served } = aWorld(terms, 3)
    await Promise.all(Array.from({ length: 90 }, (_, index) => turn(String(index % 3), 'interactive', far, index % 3)))
    const early = served.slice(0, 30).map(({ name }) => name)
    for (const process of ['0', '1', '2']) expect(early.filter((name) => name === process).length).to.be.at.least(8)
  })
})
