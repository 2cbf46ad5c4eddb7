import { secretText } from '@pull-secret/domain'
import { aClusterLedger, now } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { anActiveCredential, aPublishedCluster, assembly, servedRows } from '../test/a-published-cluster.ts'
import { assemblePullSecret } from './pull-secret.ts'

const assemble = assemblePullSecret(assembly)
const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(`expected success, got ${JSON.stringify(result.left)}`)
  return result.right
}

describe('pull secret', () => {
  it('tells of the cluster and of each credential, in the order of the registries', () => {
    const secret = right(
      assemble(aClusterLedger(aPublishedCluster(), ...servedRows, anActiveCredential('harbor', { state: 'revoking' }))),
    )
    expect(secret.document).to.deep.equal({
      auths: {
        'quay.example.com': { auth: assembly.digest.base64('quay-user:quay-token'), email: 'a@b.c' },
        'rhit.example.com': { auth: assembly.digest.base64('rhit-user:rhit-token') },
      },
    })
    expect(secret).to.deep.include({
      clusterId: 'cls-abc123',
      incarnation: 2,
      createdAt: now - 7,
      text: JSON.stringify(secret.document),
      fingerprint: assembly.digest.hmacSha256(secretText('k'), secret.text),
      credentials: [
        { registryId: 'quay', username: 'quay-user', generation: 4, createdAt: now, expiresAt: undefined },
        { registryId: 'rhit', username: 'rhit-user', generation: 1, createdAt: now - 3, expiresAt: undefined },
      ],
    })
    expect(secret.registries.map(({ registryId, status }) => [registryId, status])).to.deep.equal([
      ['quay', 'active'],
      ['rhit', 'active'],
      ['harbor', 'pending'],
    ])
  })

  it('gives no host a credential of a place that its registry has left', () => {
    const rows = [anActiveCredential('quay', { scope: 'elsewhere' }), anActiveCredential('rhit')]
    const secret = right(assemble(aClusterLedger(aPublishedCluster(), ...rows)))
    expect(secret.credentials.map(({ registryId }) => registryId)).to.deep.equal(['rhit'])
  })

  it('ends with its first credential, and should be fetched again with the first refresh', () => {
    const later = now + 3_600_000
    const rows = [
      anActiveCredential('rhit', { expiresAt: later + 9, refreshAfter: now + 5 }),
      anActiveCredential('harbor', { expiresAt: later + 8, refreshAfter: now + 6 }),
      anActiveCredential('quay'),
    ]
    const secret = right(assemble(aClusterLedger(aPublishedCluster(), ...rows)))
    expect(secret).to.include({ expiresAt: later + 8, refreshAfter: now + 5 })
    expect(secret.credentials.map(({ registryId, expiresAt }) => [registryId, expiresAt])).to.deep.equal([
      ['harbor', later + 8],
      ['quay', undefined],
      ['rhit', later + 9],
    ])
    expect(right(assemble(aClusterLedger(aPublishedCluster(), ...servedRows)))).to.include({
      expiresAt: undefined,
      refreshAfter: undefined,
    })
  })

  it('has no host of a registry that is no longer configured', () => {
    const secret = right(assemble(aClusterLedger(aPublishedCluster(), anActiveCredential('gone'), ...servedRows)))
    expect(Object.keys(secret.document.auths)).to.deep.equal(['quay.example.com', 'rhit.example.com'])
  })

  it('cannot be had without its keys', () => {
    const missing = E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' })
    expect(
      assemble(aClusterLedger(aPublishedCluster({ sealedFingerprintKey: undefined }), ...servedRows)),
    ).to.deep.equal(missing)
    expect(
      assemble(aClusterLedger(aPublishedCluster(), anActiveCredential('quay', { sealedToken: undefined }))),
    ).to.deep.equal(missing)
  })
})
