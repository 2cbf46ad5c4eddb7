import { expect } from 'chai'
import {
  buildDocument,
  type Digest,
  fingerprintOf,
  hostFingerprintsOf,
  secretText,
  verifyFingerprints,
} from '../index.ts'

const digest: Digest = {
  base64: (text) => `b64(${text})`,
  sha256: (text) => `sha(${text})`,
  hmacSha256: (key, text) => `hmac(${key.reveal()},${text})`,
}
const key = secretText('k')
const document = buildDocument(
  [
    { hosts: ['registry.redhat.io'], username: '|hyp', token: secretText('t2') },
    { hosts: ['quay.io', 'cloud.openshift.com'], username: 'org+robot', token: secretText('t1') },
  ],
  digest.base64,
)

describe('fingerprint', () => {
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
