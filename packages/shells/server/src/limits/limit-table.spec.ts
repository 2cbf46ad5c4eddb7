import { expect } from 'chai'
import { makeLimitTable } from './limit-table.ts'
import type { Quotas } from './quotas.ts'

const once: Quotas = [{ limit: 1, windowSeconds: 60 }]
const fiveTimes: Quotas = [{ limit: 5, windowSeconds: 60 }]

const aTable = (mostKeys: number) => {
  let milliseconds = 0
  const table = makeLimitTable({ mostKeys, clock: { monotonic: () => milliseconds } })
  return {
    pass: (more: number): void => {
      milliseconds += more
    },
    draw: (key: string, quotas: Quotas, count = 1) => table.draw(key, quotas, count)(),
    isGranted: (key: string, quotas = once): boolean => table.draw(key, quotas, 1)().isGranted,
  }
}

const keys = (count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, index) => `key ${index}`)

describe('a table of limits', () => {
  it('has as many buckets as places, however many keys come: 100,000 get no more than 10,000 would', () => {
    const { isGranted } = aTable(10_000)
    const many = keys(100_000)
    expect(many.filter((key) => isGranted(key))).to.have.length(10_000)
    expect(many.filter((key) => isGranted(key))).to.have.length(0)
  })

  it('gives whoever comes back after being forgotten what its place has, and not a bucket that is full', () => {
    const { isGranted, pass } = aTable(3)
    expect(['one', 'two', 'three', 'four', 'one'].map((key) => isGranted(key))).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
    ])
    pass(60_000)
    expect(['five', 'six', 'seven', 'one'].map((key) => isGranted(key))).to.deep.equal([true, true, true, false])
  })

  it('forgets who drew the longest ago', () => {
    const { draw, isGranted } = aTable(2)
    draw('busy', fiveTimes)
    draw('idle', fiveTimes, 5)
    draw('busy', fiveTimes)
    expect(isGranted('new', fiveTimes)).to.equal(false)
    expect(draw('busy', fiveTimes).remaining).to.equal(2)
  })

  it('gives a newcomer all, as long as there are places or those who were forgotten have filled up', () => {
    const { draw, pass } = aTable(2)
    for (const key of ['one', 'two']) expect(draw(key, fiveTimes, 5).remaining).to.equal(0)
    pass(60_000)
    expect(draw('three', fiveTimes).remaining).to.equal(4)
  })

  it('takes nothing from who only looks', () => {
    const { draw } = aTable(2)
    expect([draw('one', once, 0), draw('one', once, 0)].map(({ remaining }) => remaining)).to.deep.equal([1, 1])
    draw('one', once)
    expect(draw('one', once, 0)).to.include({ isGranted: true, remaining: 0 })
  })
})
