import { expect } from 'chai'
import { beatSeconds, isAlive } from '../index.ts'
import { now } from '../testing/index.ts'

describe('a replica', () => {
  it('lives while no more than three of its beats are missing', () => {
    const seenAt = now
    const alive = (beats: number) => isAlive({ seenAt }, now + beats * beatSeconds * 1000)
    expect([0, 1, 3, 4].map(alive)).to.deep.equal([true, true, true, false])
  })
})
