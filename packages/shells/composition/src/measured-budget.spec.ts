import type { CallBudget, Meter, NoTurn } from '@pull-secret/domain'
import { makeSilentMeter } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { measuredBudget } from './measured-budget.ts'

describe('a measured budget', () => {
  const setUp = () => {
    let time = 5000
    let answer: E.Either<NoTurn, void> = E.right(undefined)
    const alarms: Array<() => void> = []
    const ratios: Array<number> = []
    const waits: Array<unknown> = []
    const budget: CallBudget = {
      turn: () => () => {
        time += 1500
        return Promise.resolve(answer)
      },
    }
    const meter: Meter = {
      ...makeSilentMeter(),
      observe: (name, value, labels) => () => void waits.push([name, value, labels]),
      set: (name, value, labels) => () => {
        expect([name, labels]).to.deep.equal(['registry_budget_used_ratio', { registry: 'quay' }])
        ratios.push(value)
      },
    }
    const measured = measuredBudget(budget, {
      registryId: 'quay',
      terms: { perMinute: 60, burst: 10, share: 0.5 },
      clock: { monotonic: () => time, alarm: () => () => new Promise<void>((resolve) => alarms.push(resolve)) },
      meter,
    })
    return {
      turn: () => measured.turn('due', Infinity)(),
      refuse: () => {
        answer = E.left({ problem: 'budget_spent', retryAfterSeconds: 3 })
      },
      pass: async (milliseconds: number) => {
        time += milliseconds
        alarms.shift()?.()
        await new Promise(setImmediate)
      },
      alarms,
      ratios,
      waits,
    }
  }

  it('tells how long each turn was waited for, and how that ended', async () => {
    const { turn, refuse, waits, ratios } = setUp()
    await turn()
    refuse()
    expect(E.isLeft(await turn())).to.equal(true)
    const labels = (outcome: string) => ({ registry: 'quay', priority: 'due', outcome })
    expect(waits).to.deep.equal([
      ['registry_budget_wait_seconds', 1.5, labels('granted')],
      ['registry_budget_wait_seconds', 1.5, labels('refused')],
    ])
    expect(ratios).to.deep.equal([1 / 30])
  })

  it('tells which part of it was used in the last minute, also when nothing is used any more', async () => {
    const { turn, pass, ratios, alarms } = setUp()
    await turn()
    await turn()
    await turn()
    expect(ratios.at(-1)).to.equal(0.1)
    expect(alarms).to.have.length(1)
    await pass(58_000)
    expect(ratios.at(-1)).to.equal(2 / 30)
    await pass(10_000)
    expect([ratios.at(-1), alarms.length]).to.deep.equal([0, 0])
    await turn()
    expect(alarms).to.have.length(1)
  })
})
