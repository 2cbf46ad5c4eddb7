import { expect } from 'chai'
import { isLegalClusterTransition } from '../index.ts'

describe('cluster transitions', () => {
  it('are legal only where the table has them', () => {
    expect([
      isLegalClusterTransition('K5', 'deleted', 'deleted'),
      isLegalClusterTransition('K5', 'deleted', 'live'),
    ]).to.deep.equal([true, false])
  })
})
