import { expect } from 'chai'
import { claimOf } from '../index.ts'
import { aCredential } from '../testing/index.ts'

describe('credential ledger', () => {
  it('lets a row be claimed by fence and attempt, and without a lease by no attempt at all', () => {
    expect(claimOf(aCredential({ fence: 3 }))).to.deep.equal({
      clusterId: 'cls-abc123',
      credentialId: 'credential-1',
      fence: 3,
      attemptId: 'attempt-1',
    })
    expect(claimOf(aCredential({ lease: undefined })).attemptId).to.equal('')
  })
})
