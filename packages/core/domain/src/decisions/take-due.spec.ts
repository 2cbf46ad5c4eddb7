import { expect } from 'chai'
import { type ClaimTerms, type Credential, type CredentialState, isDue, purposeOf, takeDue } from '../index.ts'
import { aCluster, aCredential, now } from '../testing/index.ts'

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

  it('is an obligation, or a look that may wait', () => {
    const kinds = (given: Partial<Credential>) =>
      (['obligations', 'looks'] as const).filter((kind) =>
        isDue(aCredential({ nextAttemptAt: now, lease: undefined, ...given }), { terms, kind }, now),
      )
    const look = { state: 'active', nextWork: 'validate' } as const
    expect([
      kinds({}),
      kinds({ state: 'revoking' }),
      kinds({ state: 'active', nextWork: 'mint' }),
      kinds(look),
      kinds({ ...look, refreshAfter: now }),
      kinds({ ...look, nextAttemptAt: now + 1 }),
    ]).to.deep.equal([['obligations'], ['obligations'], ['obligations'], ['looks'], ['obligations'], []])
  })

  it('is urgent once its cluster was asked to be deleted, or banned', () => {
    const clusters = [undefined, {}, { state: 'deleting' }, { state: 'deleted' }, { dormantSince: now }] as const
    const credential = aCredential({ state: 'revoking' })
    expect(
      clusters
        .map((given) => (given === undefined ? undefined : aCluster(given)))
        .map((cluster) => takeDue({ credential, cluster }, terms, 'attempt-1', now).isUrgent),
    ).to.deep.equal([false, false, true, true, true])
  })
})
