import { expect } from 'chai'
import { sendDeadline } from '../index.ts'
import { aRegistry } from '../testing/index.ts'

describe('registry', () => {
  it('ends sending five seconds before the lease ends', () => {
    expect(sendDeadline(aRegistry('quay', { leaseSeconds: 30 }), 1000)).to.equal(26_000)
  })
})
