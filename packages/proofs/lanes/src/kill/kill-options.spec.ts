import { expect } from 'chai'
import { parseKillOptions } from './kill-options.ts'

describe('the options of the kill lane', () => {
  it('kills at least a hundred times unless told otherwise', () => {
    expect(parseKillOptions([]).rounds).to.be.at.least(100)
  })

  it('kills a few times in the bounded lane', () => {
    expect(parseKillOptions(['--bounded']).rounds).to.be.within(10, 20)
  })

  it('takes rounds and seed as they are given', () => {
    expect(parseKillOptions(['--rounds', '3', '--seed', '17', '--bounded'])).to.deep.equal({ rounds: 3, seed: 17 })
  })

  it('refuses what it does not know', () => {
    expect(() => parseKillOptions(['--rounds', 'many'])).to.throw('whole number')
    expect(() => parseKillOptions(['--forever'])).to.throw()
  })
})
