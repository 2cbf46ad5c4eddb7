import { inspect } from 'node:util'
import { expect } from 'chai'
import {
  backOffSeconds,
  buildDocument,
  type Digest,
  documentText,
  fingerprintOf,
  hostFingerprintsOf,
  ownDelaySeconds,
  secretText,
  verifyFingerprints,
} from '../src/index.ts'

const digest: Digest = { base64: (text) => `b64(${text})`, hmacSha256: (key, text) => `hmac(${key.reveal()},${text})` }
const key = secretText('k')
const parts = [
  { hosts: ['registry.redhat.io'], username: '|hyp', token: secretText('t2') },
  { hosts: ['quay.io', 'cloud.openshift.com'], username: 'org+robot', token: secretText('t1'), email: 'a@b.c' },
]
const document = buildDocument(parts, digest.base64)

describe('a pull secret document', () => {
  it('gives the same bytes whatever the order of its parts', () => {
    expect(documentText(document)).to.equal(documentText(buildDocument([...parts].reverse(), digest.base64)))
    expect(documentText(document)).to.equal(
      '{"auths":{"cloud.openshift.com":{"auth":"b64(org+robot:t1)","email":"a@b.c"},"quay.io":{"auth":"b64(org+robot:t1)","email":"a@b.c"},"registry.redhat.io":{"auth":"b64(|hyp:t2)"}}}',
    )
  })

  it('names an email only where one is configured', () => {
    expect(document.auths['registry.redhat.io']).to.deep.equal({ auth: 'b64(|hyp:t2)' })
  })

  it('has one fingerprint per host, that of a document with this host alone', () => {
    expect(hostFingerprintsOf(document, key, digest)['registry.redhat.io']).to.equal(
      'hmac(k,{"auths":{"registry.redhat.io":{"auth":"b64(|hyp:t2)"}}})',
    )
  })

  it('is verified by its hosts alone, told in the order of their names', () => {
    const hosts = hostFingerprintsOf(document, key, digest)
    expect(verifyFingerprints(document, key, digest, { hosts }).matches).to.equal(true)
    expect(
      Object.keys(verifyFingerprints(document, key, digest, { hosts: { ...hosts, 'a.example.com': 'x' } }).hosts),
    ).to.deep.equal(['a.example.com', 'cloud.openshift.com', 'quay.io', 'registry.redhat.io'])
  })

  it('is verified whole and host by host without its tokens', () => {
    const hosts = hostFingerprintsOf(document, key, digest)
    expect(
      verifyFingerprints(document, key, digest, { whole: fingerprintOf(document, key, digest), hosts }),
    ).to.deep.equal({
      matches: true,
      hosts: { 'cloud.openshift.com': 'match', 'quay.io': 'match', 'registry.redhat.io': 'match' },
    })
    expect(verifyFingerprints(document, key, digest, { whole: 'other' })).to.deep.equal({ matches: false, hosts: {} })
    expect(
      verifyFingerprints(document, key, digest, {
        hosts: {
          'quay.io': 'other',
          'example.com': 'x',
          constructor: 'x',
          'registry.redhat.io': hosts['registry.redhat.io'] ?? '',
        },
      }),
    ).to.deep.equal({
      matches: false,
      hosts: {
        'cloud.openshift.com': 'missing',
        constructor: 'unexpected',
        'example.com': 'unexpected',
        'quay.io': 'differs',
        'registry.redhat.io': 'match',
      },
    })
  })
})

describe('secret text', () => {
  it('shows nothing to anything that prints', () => {
    const secret = secretText('canary')
    const template = `${String(secret)} ${JSON.stringify({ secret })} ${inspect(secret)} ${inspect({ deep: { secret } })}`
    expect(template).not.to.include('canary')
    expect(secret.reveal()).to.equal('canary')
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).to.deep.equal([
      '[redacted]',
      '"[redacted]"',
      '[redacted]',
    ])
  })
})

describe('backing off', () => {
  it('doubles from a second to five minutes, spread by at most a quarter', () => {
    const waits = [1, 2, 3, 9, 10, 1000].map((tries) => backOffSeconds(tries, 'row'))
    const bases = [1, 2, 4, 256, 300, 300]
    expect(waits.every((wait, index) => wait >= (bases[index] ?? 0) && wait <= (bases[index] ?? 0) * 1.25)).to.equal(
      true,
    )
    expect(backOffSeconds(5, 'one')).not.to.equal(backOffSeconds(5, 'other'))
  })

  it('differs from row to row in the same way on every replica', () => {
    const waits = ['credential-1', 'credential-2', 'ab', 'ba'].map((seed) => backOffSeconds(1, seed))
    expect(waits).to.deep.equal([1.1535, 1.14375, 1.00775, 1.21525])
  })

  it('is for what was sent: what was not is looked at when it was told to, or at once where only time ran out', () => {
    expect(ownDelaySeconds({ kind: 'not_sent', problem: 'object_busy', retryAfterSeconds: 7 })).to.equal(7)
    expect(ownDelaySeconds({ kind: 'not_sent', problem: 'deadline_passed' })).to.equal(1)
    expect(ownDelaySeconds({ kind: 'not_sent', problem: 'storage_failed' })).to.equal(undefined)
    expect(ownDelaySeconds({ kind: 'refused', problem: 'throttled', retryAfterSeconds: 7 })).to.equal(undefined)
  })
})
