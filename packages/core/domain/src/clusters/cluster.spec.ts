import { expect } from 'chai'
import { fingerprintKeyAssociatedData } from '../index.ts'

describe('cluster', () => {
  it('has the key of its fingerprint bound to the cluster', () => {
    expect(fingerprintKeyAssociatedData('cls-abc123')).to.equal('cls-abc123|fingerprint-key')
  })
})
