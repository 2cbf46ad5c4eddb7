import { expect } from 'chai'
import { isLegalTransition } from '../index.ts'

describe('credential transitions', () => {
  it('are legal only where the table has them', () => {
    expect(isLegalTransition('C7', 'intended', 'active')).to.equal(false)
    expect(isLegalTransition('C14', 'active', 'revoked')).to.equal(false)
  })
})
