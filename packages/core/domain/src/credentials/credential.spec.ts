import { expect } from 'chai'
import { associatedDataOf, type CredentialState, hasFreeLease, isBeingRevoked, isUnsettled } from '../index.ts'
import { aCredential, now } from '../testing/index.ts'

describe('credential', () => {
  const states: ReadonlyArray<CredentialState> = ['intended', 'ready', 'active', 'retiring', 'revoking', 'revoked']

  it('is being revoked after it was given up', () => {
    expect(states.filter((state) => isBeingRevoked(aCredential({ state })))).to.deep.equal(['revoking', 'revoked'])
  })

  it('is free the moment its lease ends, and settled the moment its settle time comes', () => {
    const held = aCredential({ lease: { attemptId: 'a', takenAt: now - 1, expiresAt: now }, settlesAt: now })
    expect([
      hasFreeLease(held, now - 1),
      hasFreeLease(held, now),
      hasFreeLease(aCredential({ lease: undefined }), now),
    ]).to.deep.equal([false, true, true])
    expect([
      isUnsettled(held, now - 1),
      isUnsettled(held, now),
      isUnsettled(aCredential({ settlesAt: undefined }), now),
    ]).to.deep.equal([true, false, false])
  })

  it('has its ciphertext bound to the row', () => {
    expect(associatedDataOf({ id: 'credential-1', registryId: 'quay' })).to.equal('credential-1|quay')
  })
})
