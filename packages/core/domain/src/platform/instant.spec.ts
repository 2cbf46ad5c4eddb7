import { expect } from 'chai'
import { laterOf, secondsAfter } from '../index.ts'
import { now } from '../testing/index.ts'

describe('instant', () => {
  it('counts seconds in milliseconds, and takes the later of two instants', () => {
    expect(secondsAfter(now, 2)).to.equal(now + 2000)
    expect([laterOf(undefined, 5), laterOf(3, 5), laterOf(7, 5)]).to.deep.equal([5, 5, 7])
  })
})
