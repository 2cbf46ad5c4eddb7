// Here and not beside a source file because it plays three processes and what they share for a quarter of an hour.
import { makeCallBudget } from '@pull-secret/application'
import type { BudgetSlices, BudgetTerms, CallBudget, Clock, StoredBudget } from '@pull-secret/domain'
import { makeInMemoryBudgetSlices, makeSilentLogger } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'

const terms: BudgetTerms = { perMinute: 600, burst: 20, share: 1 }
const perMillisecond = terms.perMinute / 60_000
const calls = 10_000
const processes = 3
const callersOfEach = 20

/** Time that goes on to the next thing that somebody waits for, as soon as nobody has anything to do. */
const aTimeline = () => {
  let elapsed = 0
  let waiting: ReadonlyArray<{ readonly at: number; readonly wake: () => void }> = []
  const goOn = (): void => {
    const [first, ...rest] = waiting
    if (first === undefined) return
    waiting = rest
    elapsed = first.at
    first.wake()
    setImmediate(goOn)
  }
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => {
      const at = elapsed + Math.max(0, milliseconds)
      const place = waiting.findIndex((other) => other.at > at)
      if (waiting.length === 0) setImmediate(goOn)
      waiting = place < 0 ? [...waiting, { at, wake }] : waiting.toSpliced(place, 0, { at, wake })
    })
  return { elapsed: () => elapsed, sleep }
}

/** The same numbers in every run, from 0 up to 1. */
const someNumbers = (): (() => number) => {
  let state = 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** How many more there were in some span of time than the rate has for it. */
const mostAtOnce = (times: ReadonlyArray<number>): number => {
  let most = 0
  let least = Infinity
  times.forEach((at, index) => {
    const ahead = index - perMillisecond * at
    least = Math.min(least, ahead)
    most = Math.max(most, ahead - least + 1)
  })
  return most
}

describe('ten thousand calls of three processes at a registry that allows ten a second', function () {
  this.timeout(120_000)
  const granted: Array<number> = []
  const sent: Array<{ readonly at: number; readonly process: number }> = []

  before(async () => {
    const { elapsed, sleep } = aTimeline()
    const random = someNumbers()
    const database = { now: () => 1_800_000_000_000 + elapsed() }
    const stored = makeInMemoryBudgetSlices({ budgets: new Map<string, StoredBudget>(), clock: database })

    /** As a process knows the database: some milliseconds away. */
    const slices: BudgetSlices = {
      take: (request) => async () => {
        await sleep(1 + random() * 20)
        const slice = await stored.take(request)()
        if (E.isRight(slice)) granted.push(...Array.from({ length: slice.right.granted }, elapsed))
        await sleep(1 + random() * 20)
        return slice
      },
    }

    const start = (): { readonly clock: Clock; readonly budget: CallBudget } => {
      // No two processes agree about the time.
      const [ahead, upSince] = [(random() - 0.5) * 60_000, random() * 1_000_000]
      const task = (milliseconds: number) => () => sleep(milliseconds)
      const clock: Clock = {
        now: () => database.now() + ahead,
        monotonic: () => upSince + elapsed(),
        sleep: task,
        alarm: task,
      }
      const logger = makeSilentLogger()
      return { clock, budget: makeCallBudget({ registryId: 'quay', terms, slices, clock, logger }) }
    }
    const running = Array.from({ length: processes }, start)

    const call = async (process: number): Promise<void> => {
      while (sent.length < calls) {
        const { clock, budget } = running[process] ?? start()
        const turn = await budget.turn('due', clock.monotonic() + 30_000)()
        if (E.isRight(turn)) sent.push({ at: elapsed(), process })
        await sleep(E.isRight(turn) ? 50 + random() * 300 : turn.left.retryAfterSeconds * 1000)
      }
    }

    /** Every process is replaced again and again; what was granted to it and not sent is lost. */
    const replace = async (): Promise<void> => {
      for (let process = 0; sent.length < calls; process = (process + 1) % processes) {
        await sleep(60_000)
        running[process] = start()
      }
    }

    const callers = Array.from({ length: processes * callersOfEach }, (_, index) => call(index % processes))
    await Promise.all([...callers, replace()])
  })

  it('are never granted more in any span of time than rate and burst', () => {
    expect(granted.length).to.be.at.least(sent.length)
    expect(mostAtOnce(granted)).to.be.at.most(terms.burst + 1e-6)
  })

  it('are sent within a second after that', () => {
    expect(mostAtOnce(sent.map(({ at }) => at))).to.be.at.most(terms.burst + 1000 * perMillisecond)
  })

  it('use at least 95 % of what there is, and every process gets its part', () => {
    const milliseconds = sent.at(-1)?.at ?? NaN
    expect(sent.length).to.be.at.least(0.95 * (terms.burst + milliseconds * perMillisecond))
    for (let process = 0; process < processes; process += 1)
      expect(sent.filter((one) => one.process === process).length).to.be.at.least((calls / processes) * 0.8)
  })
})
