import { expect } from 'chai'
import { startServer, type AServer } from './a-server.ts'
import { ask } from './ask.ts'

describe('the pull secrets of a cluster, over HTTP', () => {
  let server: AServer
  before(async () => { server = await startServer() })
  after(() => server.stop())

  const path = '/v1/clusters/cls-abc123/pull-secrets'

  it('are generated once, whoever asks and however often', async () => {
    const first = await ask(server.url, path, { method: 'POST', json: { cloud_provider: 'gcp', region: 'us-east1' } })
    const again = await ask(server.url, path, { method: 'POST' })
    expect([first.status, again.status]).to.deep.equal([200, 200])
    expect(again.text).to.equal(first.text)
    expect(first.json).to.include({ cluster_id: 'cls-abc123' }).and.to.have.keys([
      'cluster_id', 'pull_secret', 'dockerconfigjson', 'fingerprint', 'fingerprint_key', 'created_at', 'expires_at', 'refresh_after', 'credentials', 'registries',
    ])
    expect(server.vendor.credentials.size).to.equal(1)
  })
})
