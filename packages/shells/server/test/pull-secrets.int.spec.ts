// Here and not beside a source file because it plays the whole server.
import { expect } from 'chai'
import { type AServer, startServer } from './a-server.ts'
import { ask } from './ask.ts'

describe('the pull secrets of a cluster, over HTTP', () => {
  let server: AServer
  let number = 0
  let path = ''
  before(async () => {
    server = await startServer()
  })
  beforeEach(() => {
    path = `/v1/clusters/cls-${String((number += 1)).padStart(8, 'a')}/pull-secrets`
  })
  after(() => server.stop())

  const idOf = (ofPath: string) => ofPath.split('/')[3] ?? ''
  const generate = (json: unknown = {}) => ask(server.url, path, { method: 'POST', json })

  it('are generated once, however often they are asked for', async () => {
    const before = server.vendor.credentials.size
    const first = await generate({
      cluster_external_id: 'external',
      cluster_id: idOf(path),
      cloud_provider: 'gcp',
      region: 'us-east1',
      registries: ['quay'],
      on_rotation: 'return_current',
    })
    const again = await generate()
    expect([first.status, again.status]).to.deep.equal([200, 200])
    expect(again.json['dockerconfigjson']).to.equal(first.json['dockerconfigjson'])
    expect(first.json)
      .to.include({ cluster_id: idOf(path), expires_at: null })
      .and.to.have.all.keys(
        'cluster_id',
        'pull_secret',
        'dockerconfigjson',
        'fingerprint',
        'fingerprint_key',
        'created_at',
        'expires_at',
        'refresh_after',
        'credentials',
        'registries',
      )
    expect(server.vendor.credentials.size).to.equal(before + 1)
  })

  it('are generated for a request without a body, with an empty one, and with one in pieces', async () => {
    const bodies = [
      {},
      { headers: { 'Content-Type': 'application/json' } },
      { headers: { 'Content-Length': 0 } },
      { headers: { 'Transfer-Encoding': 'chunked' } },
      {
        headers: { 'Transfer-Encoding': 'chunked', 'Content-Type': 'application/json; charset="UTF-8"' },
        body: '{"region":"us-east1"}',
      },
    ]
    for (const body of bodies)
      expect((await ask(server.url, path, { method: 'POST', ...body })).status, JSON.stringify(body)).to.equal(200)
  })

  it("hold the same bytes from POST and GET, under the platform's prefix too", async () => {
    const generated = await generate()
    for (const prefix of ['', '/api/hyperfleet']) {
      const retrieved = await ask(server.url, prefix + path)
      expect(retrieved.status).to.equal(200)
      expect(retrieved.json)
        .to.include({ dockerconfigjson: generated.json['dockerconfigjson'], incarnation: 1, last_rotated_at: null })
        .and.not.to.have.any.keys('credentials', 'registries')
    }
    expect((await ask(server.url, `/api/hyperfleet${path}`, { method: 'POST' })).json['dockerconfigjson']).to.equal(
      generated.json['dockerconfigjson'],
    )
  })

  it('come with metadata when asked', async () => {
    await generate()
    const { json } = await ask(server.url, `${path}?include_metadata=true`)
    expect(json).to.include.keys('credentials', 'registries')
  })

  it('are answered without their content to who has it', async () => {
    await generate()
    const {
      headers: { etag = '' },
      text,
    } = await ask(server.url, path)
    const unchanged = await ask(server.url, path, { headers: { 'If-None-Match': `"other", ${etag}` } })
    expect([
      unchanged.status,
      unchanged.text,
      unchanged.headers.etag,
      unchanged.headers['content-length'],
    ]).to.deep.equal([304, '', etag, undefined])
    expect((await ask(server.url, path, { headers: { 'If-None-Match': '*' } })).status).to.equal(304)
    expect((await ask(server.url, path, { headers: { 'If-None-Match': '"other"' } })).text).to.equal(text)
  })

  it('answer HEAD as GET, without the content', async () => {
    await generate()
    const [got, headed] = [await ask(server.url, path), await ask(server.url, path, { method: 'HEAD' })]
    expect([headed.status, headed.text, headed.headers.etag, headed.headers['content-length']]).to.deep.equal([
      200,
      '',
      got.headers.etag,
      got.headers['content-length'],
    ])
  })

  it('are compared by fingerprint', async () => {
    const {
      json: { fingerprint },
    } = await generate()
    const verify = (json: unknown) => ask(server.url, `${path}/verification`, { method: 'POST', json })
    expect((await verify({ fingerprint })).json).to.deep.equal({ matches: true, hosts: {} })
    expect((await verify({ hosts: { 'other.example': 'a'.repeat(64) } })).json).to.deep.equal({
      matches: false,
      hosts: { 'other.example': 'unexpected', 'quay.example': 'missing' },
    })
  })

  it('are deleted for certain, repeatedly, and made again only for who names the deleted incarnation', async () => {
    await generate()
    const remove = (query = '') => ask(server.url, path + query, { method: 'DELETE' })
    expect((await remove('?incarnation=2')).status).to.equal(409)
    const deleting = await remove('?incarnation=1')
    expect([deleting.status, deleting.json]).to.deep.equal([
      202,
      { status: 'deleting', incarnation: 1, registries: deleting.json['registries'] },
    ])
    expect((await remove()).status).to.equal(202)
    expect((await generate()).json['error']).to.include({ code: 'CLUSTER_DELETING' })
  })

  it('of a cluster that never had any are deleted at once', async () => {
    const { status, text, headers } = await ask(server.url, path, { method: 'DELETE' })
    expect([status, text, headers['content-type']]).to.deep.equal([204, '', undefined])
  })

  it('are asked of the policy by cluster, verification as reading', async () => {
    server.asked.length = 0
    await generate()
    await ask(server.url, path)
    await ask(server.url, `${path}/verification`, { method: 'POST', json: { fingerprint: 'a'.repeat(64) } })
    await ask(server.url, path, { method: 'DELETE' })
    const clusterId = idOf(path)
    expect(server.asked).to.deep.equal(
      ['create', 'get', 'get', 'delete'].map((verb) => ({ verb, resource: 'pull-secrets', clusterId })),
    )
  })

  it('are never kept by anything between, and every answer can be found again in the log', async () => {
    const { headers } = await generate()
    expect(headers)
      .to.include({ 'cache-control': 'no-store', vary: 'Authorization', 'x-content-type-options': 'nosniff' })
      .and.not.to.have.any.keys('x-powered-by')
    const line = server.lines.find(({ fields }) => fields['request_id'] === headers['x-request-id'])
    expect(line?.fields).to.include({
      method: 'POST',
      path: '/v1/clusters/{cluster_id}/pull-secrets',
      status_code: 200,
      cluster_id: idOf(path),
    })
  })

  it('are caused by who asked, in the trace that the caller continues', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const { json } = await ask(server.url, path, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } })
    expect(json).to.include({ trace_id: traceId, status: 404 })
    expect(server.lines.at(-1)?.fields).to.include({ trace_id: traceId, error_code: 'HYPERFLEET-NTF-001' })
  })
})

describe('a request, handed on', () => {
  it('carries everything that its caller said, who that is, why and in which trace', async () => {
    const handedOn: Array<unknown> = []
    const server = await startServer({
      change: (root) => {
        const { generate, remove, recover } = root.useCases
        const useCases: typeof root.useCases = {
          ...root.useCases,
          generate: (command) => {
            handedOn.push(command)
            return generate({ ...command, recreate: undefined })
          },
          remove: (command) => {
            handedOn.push(command)
            return remove(command)
          },
          recover: (cause) => {
            handedOn.push(cause)
            return recover(cause)
          },
        }
        return { ...root, useCases }
      },
    })
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    const path = '/v1/clusters/cls-abc123/pull-secrets'
    await ask(server.url, path, {
      method: 'POST',
      headers,
      json: {
        cluster_external_id: 'external',
        cloud_provider: 'gcp',
        region: 'us-east1',
        registries: ['quay'],
        recreate: 3,
      },
    })
    await ask(server.url, `${path}?incarnation=7`, { method: 'DELETE', headers })
    await ask(server.url, '/v1/jobs/recovery/runs', { method: 'POST', headers })
    await server.stop()
    const cause = (reason: string) => ({ subject: 'operator', reason, traceId })
    expect(handedOn).to.deep.equal([
      {
        clusterId: 'cls-abc123',
        externalId: 'external',
        cloudProvider: 'gcp',
        region: 'us-east1',
        registries: ['quay'],
        recreate: 3,
        cause: cause('cluster_provisioning'),
      },
      { clusterId: 'cls-abc123', incarnation: 7, cause: cause('cluster_deprovisioning') },
      cause('manual'),
    ])
  })
})
