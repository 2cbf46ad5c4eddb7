import { expect } from 'chai'
import { makeSpentCalls } from './spent-calls.ts'

describe('what a deployment sends to a vendor with a limit', () => {
  const open = () => {
    let time = 0
    const spent = makeSpentCalls({ perMinute: 60, burst: 2 }, () => time)
    const spendAt = (milliseconds: number, times = 1): number => {
      time = milliseconds
      for (let nth = 0; nth < times; nth += 1) spent.spend()
      return spent.excess()
    }
    return { spent, spendAt }
  }

  it('is too much beyond a burst, what the time brought, and a second of slack', () => {
    const { spendAt } = open()
    expect([spendAt(0, 3), spendAt(0), spendAt(1900), spendAt(1900)]).to.deep.equal([0, 1, 1, 2])
  })

  it('may be a burst more each time that the clock of the turns jumped ahead', () => {
    const { spent, spendAt } = open()
    spendAt(0, 3)
    spent.clockJumpedAhead()
    expect([spendAt(0, 2), spendAt(0)]).to.deep.equal([0, 1])
  })

  it('is no more after a long pause than after a short one', () => {
    const { spendAt } = open()
    expect([spendAt(3_600_000, 3), spendAt(3_600_000)]).to.deep.equal([0, 1])
  })
})
