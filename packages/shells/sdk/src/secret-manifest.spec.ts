import { expect } from 'chai'
import { secretManifest } from './secret-manifest.ts'

const aPullSecret = (clusterId: string) => ({
  clusterId,
  document: { auths: {} },
  dockerConfigJson: '{"auths":{}}',
  dockerConfigJsonBase64: '',
  fingerprint: 'f'.repeat(64),
  fingerprintKey: 'key-of-the-cluster',
  createdAt: new Date(0),
  registries: [],
  credentials: [],
})

describe('the manifest of a Secret', () => {
  const manifestOf = (clusterId: string) =>
    secretManifest(aPullSecret(clusterId), { name: 'pull-secret', namespace: 'clusters-abc123' })

  it('is what Kubernetes takes for a pull secret', () => {
    const { metadata, data, ...rest } = manifestOf('cls-abc123')
    expect(rest).to.deep.equal({ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/dockerconfigjson' })
    expect(metadata).to.include({ name: 'pull-secret', namespace: 'clusters-abc123' })
    expect(Buffer.from(data['.dockerconfigjson'], 'base64').toString()).to.equal('{"auths":{}}')
  })

  it("bears the platform's labels, and the fingerprint for who wants to know whether it changed", () => {
    const { labels, annotations } = manifestOf('cls-abc123').metadata
    expect(labels).to.deep.equal({
      'hyperfleet.io/cluster-id': 'cls-abc123',
      'hyperfleet.io/managed-by': 'hyperfleet',
      'hyperfleet.io/resource-type': 'pull-secret',
    })
    expect(annotations).to.deep.equal({
      'hyperfleet.io/cluster-id': 'cls-abc123',
      'hyperfleet.io/fingerprint': 'f'.repeat(64),
    })
  })

  it('leaves a cluster id that is no label value to the annotation', () => {
    for (const clusterId of ['a/b', 'x'.repeat(64), '-a']) {
      const { labels, annotations } = manifestOf(clusterId).metadata
      expect(labels).to.not.have.property('hyperfleet.io/cluster-id')
      expect(annotations).to.include({ 'hyperfleet.io/cluster-id': clusterId })
    }
  })

  it('does not hold the key of the fingerprint', () => {
    expect(JSON.stringify(manifestOf('cls-abc123'))).to.not.include('key-of-the-cluster')
  })
})
