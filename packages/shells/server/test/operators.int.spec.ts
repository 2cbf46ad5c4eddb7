// Here and not beside a source file because it plays the whole server.
import { hostname } from 'node:os'
import type { ServerRoot } from '@pull-secret/composition/server'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AServer, startServer, strangerToken } from './a-server.ts'
import { ask } from './ask.ts'

describe('what operators ask for, over HTTP', () => {
  let server: AServer
  before(async () => {
    server = await startServer()
  })
  beforeEach(() => {
    server.asked.length = 0
  })
  after(() => server.stop())

  it('lists registries, and asks the vendors only when told to', async () => {
    const plain = await ask(server.url, '/v1/registries')
    expect([plain.status, plain.json]).to.deep.equal([
      200,
      {
        registries: [
          { registry_id: 'quay', type: 'in-memory', enabled: true, required: true, hosts: ['quay.example'] },
        ],
      },
    ])
    const checked = await ask(server.url, '/api/hyperfleet/v1/registries?check=true')
    expect(checked.json['registries']).to.have.nested.property('0.access.status', 'working')
    expect(server.asked).to.deep.equal([
      { verb: 'list', resource: 'registries' },
      { verb: 'list', resource: 'registries' },
    ])
  })

  it('lists the processes that write the ledger', async () => {
    const { status, json } = await ask(server.url, '/v1/replicas')
    const [replica, ...others] = json['replicas'] as ReadonlyArray<Readonly<Record<string, unknown>>>
    expect([status, others, replica]).to.deep.equal([
      200,
      [],
      {
        ...replica,
        component: 'embedded',
        host: hostname(),
        version: '0.1.0',
        ledger_protocol: 1,
        key_ids: [],
        alive: true,
      },
    ])
    expect(server.asked).to.deep.equal([{ verb: 'list', resource: 'replicas' }])
  })

  it('bans a cluster that does not exist yet, tells who asks for it why, and lifts the ban', async () => {
    const path = '/v1/clusters/cls-banned1/ban'
    const banned = await ask(server.url, path, { method: 'PUT', json: { reason: 'in a public log' } })
    expect([banned.status, banned.json]).to.deep.equal([
      200,
      {
        ...banned.json,
        cluster_id: 'cls-banned1',
        banned: true,
        reason: 'in a public log',
        revoked: true,
        registries: {},
      },
    ])
    expect((await ask(server.url, path)).json).to.deep.equal(banned.json)
    const secrets = '/v1/clusters/cls-banned1/pull-secrets'
    for (const refused of [
      await ask(server.url, secrets, { headers: { 'If-None-Match': '*' } }),
      await ask(server.url, secrets, { method: 'POST', json: {} }),
      await ask(server.url, `${secrets}/verification`, { method: 'POST', json: { fingerprint: 'a'.repeat(64) } }),
    ]) {
      expect([refused.status, refused.json['code']]).to.deep.equal([403, 'HYPERFLEET-AUZ-001'])
      expect(refused.json['error']).to.have.nested.property('code', 'CLUSTER_BANNED')
      expect(refused.json['error']).to.have.nested.property('details.reason', 'in a public log')
    }
    const lifted = await ask(server.url, path, { method: 'DELETE' })
    expect([lifted.status, lifted.json['banned'], lifted.json['reason']]).to.deep.equal([200, false, null])
    expect(server.asked.filter(({ resource }) => resource === 'pull-secrets/ban')).to.deep.equal(
      ['update', 'get', 'delete'].map((verb) => ({ verb, resource: 'pull-secrets/ban', clusterId: 'cls-banned1' })),
    )
    expect((await ask(server.url, path, { method: 'PUT', json: {} })).status).to.equal(400)
  })

  it('runs recovery and tells what it did', async () => {
    const { status, json } = await ask(server.url, '/v1/jobs/recovery/runs', { method: 'POST' })
    expect([status, json]).to.deep.equal([
      200,
      {
        job: 'recovery',
        finished: true,
        summary: { rows: 0, done: 0, waiting: 0, refused: 0, stuck: 0, clusters: 0, failed: 0 },
      },
    ])
    expect(server.asked).to.deep.equal([{ verb: 'create', resource: 'jobs' }])
  })

  describe('as lists', () => {
    const ids = ['cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc']
    before(async () => {
      for (const id of ids) {
        const json = { cloud_provider: id === 'cls-bbbbbb' ? 'aws' : 'gcp' }
        await ask(server.url, `/v1/clusters/${id}/pull-secrets`, { method: 'POST', json })
      }
    })

    type Items = ReadonlyArray<Readonly<Record<string, unknown>>>

    /** Every item of a list, page by page of two. */
    const everyItem = async (path: string, key: string): Promise<Items> => {
      const items: Array<Items[number]> = []
      let cursor: unknown = ''
      while (typeof cursor === 'string') {
        const next = cursor === '' ? '' : `&cursor=${cursor}`
        const { status, json } = await ask(server.url, `${path}limit=2${next}`)
        expect(status).to.equal(200)
        items.push(...(json[key] as Items))
        cursor = json['next_cursor']
      }
      return items
    }
    const idsOf = (items: Items): ReadonlyArray<unknown> => items.map((item) => item['cluster_id'])

    it('shows every cluster once over all pages, and those alone that a filter asks for', async () => {
      expect(idsOf(await everyItem('/v1/clusters?', 'clusters'))).to.deep.equal(ids)
      expect(idsOf(await everyItem('/v1/clusters?cloud_provider=aws&', 'clusters'))).to.deep.equal(['cls-bbbbbb'])
      expect(idsOf(await everyItem('/v1/clusters?created_before=2020-01-01T00:00:00Z&', 'clusters'))).to.deep.equal([])
      expect(server.asked[0]).to.deep.equal({ verb: 'list', resource: 'clusters' })
    })

    it('shows one cluster as the list does', async () => {
      const [, listed] = await everyItem('/v1/clusters?', 'clusters')
      server.asked.length = 0
      const { status, json } = await ask(server.url, '/v1/clusters/cls-bbbbbb')
      expect([status, json]).to.deep.equal([200, listed])
      expect(json).to.include({ state: 'live', cloud_provider: 'aws', region: null })
      expect(json['registries']).to.have.nested.property('0.state', 'active')
      expect(server.asked).to.deep.equal([{ verb: 'get', resource: 'clusters', clusterId: 'cls-bbbbbb' }])
      expect((await ask(server.url, '/v1/clusters/cls-unknown1')).status).to.equal(404)
    })

    it('shows the audit, the newest first, by what is asked for', async () => {
      const records = await everyItem('/v1/audit-log?cluster_id=cls-aaaaaa&', 'records')
      expect(records.length).to.be.above(1)
      expect(new Set(idsOf(records))).to.deep.equal(new Set(['cls-aaaaaa']))
      const times = records.map(({ at }) => String(at))
      expect(times).to.deep.equal(times.toSorted().reverse())
      expect(await everyItem('/v1/audit-log?subject=nobody&', 'records')).to.deep.equal([])
    })

    it('shows nothing stuck where nothing is', async () => {
      expect((await ask(server.url, '/v1/stuck')).json).to.deep.equal({ stuck: [], next_cursor: null })
    })

    it('refuses what is no filter, no limit and no cursor of this list, by name', async () => {
      const { json } = await ask(server.url, '/v1/clusters?limit=1')
      const cursor = String(json['next_cursor'])
      for (const [query, field] of [
        ['state=alive', 'state'],
        ['limit=0', 'limit'],
        ['limit=101', 'limit'],
        ['created_before=yesterday', 'created_before'],
        ['created_before=0000-01-01T00:00:00Z', 'created_before'],
        ['created_before=2026-02-30T00:00:00Z', 'created_before'],
        ['cursor=garbage', 'cursor'],
        ['sort=id', 'sort'],
      ] as const) {
        const refused = await ask(server.url, `/v1/clusters?${query}`)
        expect(refused.status, query).to.equal(400)
        expect(refused.json['errors'], query).to.have.nested.property('0.field', field)
      }
      for (const path of ['/v1/stuck', '/v1/audit-log'])
        expect((await ask(server.url, `${path}?cursor=${cursor}`)).status, path).to.equal(400)
    })
  })

  it('is refused to who may not', async () => {
    for (const [method, path] of [
      ['GET', '/v1/registries'],
      ['GET', '/v1/clusters'],
      ['GET', '/v1/clusters/cls-aaaaaa'],
      ['GET', '/v1/stuck'],
      ['GET', '/v1/audit-log'],
      ['POST', '/v1/jobs/recovery/runs'],
      ['GET', '/v1/metrics'],
    ] as const) {
      expect((await ask(server.url, path, { method, token: strangerToken })).status, path).to.equal(403)
    }
  })
})

describe('probes', () => {
  let server: AServer
  before(async () => {
    server = await startServer({ anonymousMetrics: true })
  })
  after(() => server.stop())

  const probe = async (path: string, url = server.url) => {
    const { status, json } = await ask(url, path, { token: null })
    return [status, json]
  }

  it('need no token', async () => {
    expect(await probe('/healthz')).to.deep.equal([200, { status: 'ok' }])
    expect(await probe('/v1/health')).to.deep.equal([
      200,
      {
        status: 'ok',
        components: { database: { status: 'ok' }, access: { status: 'ok' } },
        registries: { quay: { status: 'unknown' } },
      },
    ])
    expect(await probe('/readyz')).to.deep.equal([
      200,
      {
        status: 'ready',
        checks: { accepting_requests: 'ok', database: 'ok', access: 'ok' },
        registries: { quay: { status: 'unknown' } },
      },
    ])
    for (const [port, url, path] of [
      ['api', server.url, '/v1/metrics'],
      ['metrics', server.metricsUrl, '/metrics'],
    ] as const) {
      const { status, headers, text } = await ask(url, path, { port, token: null })
      expect([status, headers['content-type'], text]).to.deep.equal([
        200,
        'text/plain; version=0.0.4; charset=utf-8',
        'up 1\n',
      ])
    }
  })

  it('ask for a token for metrics where anonymous ones are off', async () => {
    const guarded = await startServer()
    expect(await probe('/v1/metrics', guarded.url)).to.have.property('0', 401)
    expect((await ask(guarded.url, '/v1/metrics')).status).to.equal(200)
    expect(guarded.asked).to.deep.equal([{ verb: 'get', resource: 'metrics' }])
    await guarded.stop()
  })

  it('find nothing but metrics on the metrics port', async () => {
    expect((await ask(server.metricsUrl, '/healthz', { port: 'metrics', token: null })).json).to.include({
      status: 404,
      code: 'HYPERFLEET-NTF-000',
    })
  })

  it('tell of a database that does not answer, without giving the process up', async () => {
    const failing = await startServer({
      change: (root) => ({
        ...root,
        reads: { ...root.reads, ping: TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }) },
      }),
    })
    const registries = { quay: { status: 'unknown' } }
    expect(await probe('/readyz', failing.url)).to.deep.equal([
      503,
      { status: 'not_ready', checks: { accepting_requests: 'ok', database: 'failing', access: 'ok' }, registries },
    ])
    expect(await probe('/v1/health', failing.url)).to.deep.equal([
      200,
      {
        status: 'degraded',
        components: { database: { status: 'failing', problem: 'does not answer' }, access: { status: 'ok' } },
        registries,
      },
    ])
    expect(await probe('/healthz', failing.url)).to.have.property('0', 200)
    await failing.stop()
  })

  it('tell when callers cannot be told apart, because every call fails then', async () => {
    const failing = await startServer({
      change: (root) => ({ ...root, access: { ...root.access, state: () => 'unusable' } }),
    })
    expect(await probe('/readyz', failing.url)).to.have.nested.property('1.checks.access', 'failing')
    expect(await probe('/readyz', failing.url)).to.have.property('0', 503)
    const [status, health] = await probe('/v1/health', failing.url)
    expect([status, health]).to.have.nested.property('1.components.access.problem', 'cannot be used')
    expect([status, health]).to.have.nested.property('1.status', 'degraded')
    await failing.stop()
  })

  it('tell of a registry that fails, and are content without it', async () => {
    const states: ServerRoot['registryStates'] = () => [
      { registryId: 'quay', state: { kind: 'failing', problem: 'timeout' }, isCircuitOpen: true },
      { registryId: 'rhit', state: { kind: 'working' }, isCircuitOpen: false },
    ]
    const failing = await startServer({ change: (root) => ({ ...root, registryStates: states }) })
    const registries = { quay: { status: 'failing', problem: 'timeout', circuit: 'open' }, rhit: { status: 'working' } }
    expect(await probe('/readyz', failing.url)).to.deep.equal([
      200,
      { status: 'ready', checks: { accepting_requests: 'ok', database: 'ok', access: 'ok' }, registries },
    ])
    expect(await probe('/v1/health', failing.url)).to.deep.equal([
      200,
      { status: 'ok', components: { database: { status: 'ok' }, access: { status: 'ok' } }, registries },
    ])
    await failing.stop()
  })

  it('do not wait for a database that hangs', async () => {
    const hanging = await startServer({
      change: (root) => ({
        ...root,
        reads: { ...root.reads, ping: () => new Promise(() => undefined) },
        clock: { ...root.clock, sleep: () => () => Promise.resolve() },
      }),
    })
    expect(await probe('/readyz', hanging.url)).to.have.property('0', 503)
    await hanging.stop()
  })

  it('ask the database once for many that come together', async () => {
    let pings = 0
    const counted = await startServer({
      change: (root) => ({
        ...root,
        reads: {
          ...root.reads,
          ping: TE.fromIO(() => {
            pings += 1
          }),
        },
      }),
    })
    await Promise.all(Array.from({ length: 10 }, () => probe('/readyz', counted.url)))
    expect(pings).to.equal(1)
    await counted.stop()
  })

  it('render the metrics once for all who ask at the same time', async () => {
    let renderings = 0
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const scraped = await startServer({
      anonymousMetrics: true,
      change: (root) => ({
        ...root,
        meter: {
          ...root.meter,
          render: async () => {
            renderings += 1
            await released
            return `up ${String(renderings)}\n`
          },
        },
      }),
    })
    const scrapes = [
      ...Array.from({ length: 5 }, () => ask(scraped.url, '/v1/metrics')),
      ...Array.from({ length: 5 }, () => ask(scraped.metricsUrl, '/metrics', { port: 'metrics' })),
    ]
    const inFlight = () => scraped.metrics.filter((line) => line === 'http_requests_in_flight {}').length
    while (inFlight() < scrapes.length) await new Promise(setImmediate)
    release()
    const texts = (await Promise.all(scrapes)).map(({ text }) => text)
    expect(new Set(texts)).to.deep.equal(new Set(['up 1\n']))
    expect((await ask(scraped.url, '/v1/metrics')).text).to.equal('up 2\n')
    await scraped.stop()
  })

  it('count requests by route, never by cluster, and stay out of the log', async () => {
    await ask(server.url, '/v1/clusters/cls-abc123/pull-secrets')
    await ask(server.url, '/v1/nothing')
    expect(server.metrics).to.include(
      'http_requests_total {"method":"GET","path":"/v1/clusters/{cluster_id}/pull-secrets","status_code":"404"}',
    )
    expect(server.metrics).to.include('http_requests_total {"method":"GET","path":"unmatched","status_code":"404"}')
    expect(server.metrics).to.include('http_requests_in_flight {}')
    expect(server.metrics.join()).not.to.include('cls-abc123')
    expect(server.lines.filter(({ fields }) => fields['path'] === '/healthz').map(({ level }) => level)).to.deep.equal([
      'debug',
    ])
  })
})
