import { expect } from 'chai'
import { type ClaimTerms, type Credential, type CredentialState, purposeOf } from '../index.ts'
import { aCredential, now } from '../testing/index.ts'

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
    expect(states.map((state) => purposeOf(aCredential({ state }), terms, now))).to.deep.equal([
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
      purposeOf(aCredential({ outcome }), { ...terms, ...given }, now)
    expect([
      purpose('unknown', { mayRepeatUnknown: false }),
      purpose('none', { mayRepeatUnknown: false }),
      purpose('none', { mayCreate: false }),
    ]).to.deep.equal(['abandon', 'create', 'abandon'])
  })

  it('is looked at where nobody has since it was published, unless it must be minted again by then', () => {
    const purpose = (given: Partial<Credential>) =>
      purposeOf(aCredential({ state: 'active', nextWork: 'validate', ...given }), terms, now)
    expect([purpose({}), purpose({ refreshAfter: now + 1 }), purpose({ refreshAfter: now })]).to.deep.equal([
      'validate',
      'validate',
      'mint',
    ])
  })
})
