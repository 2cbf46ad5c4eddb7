import { embed, inMemoryRegistry, type PullSecrets, type SecretManifest } from '@pull-secret/sdk'
import { expect } from 'chai'
import { handOver } from './hand-over.ts'

describe('handing a pull secret over to a store of Secrets', () => {
  const name = 'cls-abc123-pull-secret'
  let pullSecrets: PullSecrets
  let secrets: Map<string, SecretManifest>
  const store = {
    read: async (asked: string) => secrets.get(asked),
    write: async (manifest: SecretManifest) => void secrets.set(manifest.metadata.name, manifest),
  }

  beforeEach(async () => {
    secrets = new Map()
    pullSecrets = await embed({
      deploymentId: 'example',
      inMemory: true,
      registries: [
        { id: 'quay', adapter: inMemoryRegistry('quay.io') },
        { id: 'rhit', adapter: inMemoryRegistry('registry.redhat.io') },
      ],
    })
  })
  afterEach(() => pullSecrets.close())

  it('writes what the cluster lacks, and leaves alone what it has', async () => {
    expect(await handOver(pullSecrets, store, 'cls-abc123')).to.equal('written')
    const written = secrets.get(name)
    expect(await handOver(pullSecrets, store, 'cls-abc123')).to.equal('current')
    expect(secrets.get(name)).to.equal(written)
  })

  it('writes again what somebody has changed', async () => {
    await handOver(pullSecrets, store, 'cls-abc123')
    const written = secrets.get(name)
    if (written !== undefined)
      secrets.set(name, { ...written, data: { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') } })
    expect(await handOver(pullSecrets, store, 'cls-abc123')).to.equal('written')
    expect(secrets.get(name)).to.deep.equal(written)
  })
})
