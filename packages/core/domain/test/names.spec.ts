import { expect } from 'chai'
import {
  associatedDataOf,
  chainStart,
  claimOf,
  type ClaimTerms,
  controlMarkerOf,
  type CredentialState,
  displacedRegistry,
  fingerprintKeyAssociatedData,
  hasFreeLease,
  isBeingRevoked,
  isUnpublished,
  isUnsettled,
  laterOf,
  makeRegistries,
  markerOf,
  purposeOf,
  secondsAfter,
  sendDeadline,
} from '../src/index.ts'
import { aCredential, aRegistry, now } from './builders.ts'

describe('names that outlive a version', () => {
  it('bind a ciphertext to its row or cluster, and a vendor object to its deployment and row', () => {
    expect(associatedDataOf({ id: 'credential-1', registryId: 'quay' })).to.equal('credential-1|quay')
    expect(fingerprintKeyAssociatedData('cls-abc123')).to.equal('cls-abc123|fingerprint-key')
    expect(markerOf('deployment', 'credential-1')).to.equal('hyperfleet-pull-secret/deployment/credential-1')
    expect(controlMarkerOf('deployment')).to.equal('hyperfleet-pull-secret/deployment/control')
    expect(chainStart).to.match(/^0{64}$/)
  })
})

describe('a row', () => {
  const states: ReadonlyArray<CredentialState> = ['intended', 'ready', 'active', 'retiring', 'revoking', 'revoked']

  it('is unpublished before it is active, and being revoked after it was given up', () => {
    expect(states.filter((state) => isUnpublished(aCredential({ state })))).to.deep.equal(['intended', 'ready'])
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

  it('is claimed by fence and attempt, and without a lease by no attempt at all', () => {
    expect(claimOf(aCredential({ fence: 3 }))).to.deep.equal({
      clusterId: 'cls-abc123',
      credentialId: 'credential-1',
      fence: 3,
      attemptId: 'attempt-1',
    })
    expect(claimOf(aCredential({ lease: undefined })).attemptId).to.equal('')
  })
})

describe('a row that is due', () => {
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
      'create',
      'create',
      'create',
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

describe('time', () => {
  it('counts seconds in milliseconds, and takes the later of two instants', () => {
    expect(secondsAfter(now, 2)).to.equal(now + 2000)
    expect([laterOf(undefined, 5), laterOf(3, 5), laterOf(7, 5)]).to.deep.equal([5, 5, 7])
  })

  it('ends sending five seconds before the lease ends', () => {
    expect(sendDeadline(aRegistry('quay', {}, { leaseSeconds: 30 }), 1000)).to.equal(26_000)
  })
})

describe('the scope of a registry', () => {
  const registries = makeRegistries([aRegistry('quay'), aRegistry('rhit')])

  it('must stay where its credentials live', () => {
    expect(
      displacedRegistry(
        [
          { registryId: 'quay', scope: 'scope' },
          { registryId: 'rhit', scope: 'old' },
        ],
        registries,
      ),
    ).to.deep.equal({
      code: 'SCOPE_CHANGED',
      registryId: 'rhit',
      stored: 'old',
      configured: 'scope',
    })
  })

  it('must stay configured while credentials live there', () => {
    expect(
      displacedRegistry(
        [
          { registryId: 'quay', scope: 'scope' },
          { registryId: 'gone', scope: 'old' },
        ],
        registries,
      ),
    ).to.deep.equal({ code: 'REGISTRY_MISSING', registryId: 'gone' })
  })

  it('does not matter where it is unchanged', () => {
    expect(displacedRegistry([{ registryId: 'quay', scope: 'scope' }], registries)).to.equal(undefined)
    expect(displacedRegistry([], registries)).to.equal(undefined)
  })
})
