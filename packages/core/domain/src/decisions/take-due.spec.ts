import { expect } from 'chai'
import { type ClaimTerms, type CredentialState, purposeOf } from '../index.ts'
import { aCredential } from '../testing/index.ts'

describe('due work', () => {
  const terms: ClaimTerms = {
    registryId: 'quay',
    scope: 'scope',
    leaseSeconds: 30,
    landingWindowSeconds: 900,
    mayRepeatUnknown: true,
    mayCreate: true,
  }

  it('is created or minted again while it is wanted, and revoked when it is not', () => {
    const states: ReadonlyArray<CredentialState> = ['intended', 'ready', 'active', 'retiring', 'revoking', 'revoked']
    expect(states.map((state) => purposeOf(aCredential({ state }), terms))).to.deep.equal([
      'create',
      'mint',
      'mint',
      'mint',
      'revoke',
      'revoke',
    ])
  })

  it('is given up where its secret can no longer be had, or its registry creates nothing more', () => {
    const purpose = (outcome: 'unknown' | 'none', given: Partial<ClaimTerms>) =>
      purposeOf(aCredential({ outcome }), { ...terms, ...given })
    expect([
      purpose('unknown', { mayRepeatUnknown: false }),
      purpose('none', { mayRepeatUnknown: false }),
      purpose('none', { mayCreate: false }),
    ]).to.deep.equal(['abandon', 'create', 'abandon'])
  })
})
