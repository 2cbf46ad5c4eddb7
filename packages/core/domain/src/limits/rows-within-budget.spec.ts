import { expect } from 'chai'
import { rowsWithinBudget } from './rows-within-budget.ts'

describe('the rows that a budget pays for', () => {
  const terms = { perMinute: 60, burst: 10, share: 1 }

  it('are as many as have a turn for each request while their leases send', () => {
    expect(rowsWithinBudget(terms, 25)).to.equal(8)
    expect(rowsWithinBudget({ ...terms, perMinute: 600 }, 25)).to.equal(83)
    expect(rowsWithinBudget({ ...terms, share: 0.5 }, 25)).to.equal(4)
  })

  it('are one at least, and any number without a budget', () => {
    expect(rowsWithinBudget({ ...terms, perMinute: 1 }, 25)).to.equal(1)
    expect(rowsWithinBudget(undefined, 25)).to.equal(Infinity)
  })
})
