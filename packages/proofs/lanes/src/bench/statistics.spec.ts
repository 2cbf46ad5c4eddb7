import { expect } from 'chai'
import { median, percentile } from './statistics.ts'

describe('statistics', () => {
  it('takes the middle value, or the mean of the middle two, in whatever order they come', () => {
    expect(median([9, 1, 5])).to.equal(5)
    expect(median([10, 1, 2, 4])).to.equal(3)
    expect(median([7])).to.equal(7)
  })

  it('finds the value that a share of all do not exceed', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index)
    expect(percentile(values, 0.99)).to.equal(198)
    expect(percentile(values, 0.991)).to.equal(199)
    expect(percentile(values, 0)).to.equal(1)
    expect(percentile(values, 1)).to.equal(200)
  })

  it('makes up no value where there is none', () => {
    expect([median([]), percentile([], 0.5)]).to.deep.equal([NaN, NaN])
  })
})
