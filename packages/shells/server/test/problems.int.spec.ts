// Here and not beside a source file because it plays the whole server.
import {
  type AnsweredError,
  apiOperations,
  decode,
  metricsPortOperations,
  probeOperations,
  problem,
} from '@pull-secret/wire'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AServer, startServer, strangerToken } from './a-server.ts'
import { ask, type Asking, type Received } from './ask.ts'

const secrets = '/v1/clusters/cls-abc123/pull-secrets'
const verification = `${secrets}/verification`
const asJson = { 'Content-Type': 'application/json' }
const post = (json: unknown): Asking => ({ method: 'POST', json })
const raw = (body: string | Buffer, headers: Asking['headers'] = asJson): Asking => ({ method: 'POST', headers, body })

interface Row {
  readonly when: string
  readonly path?: string
  readonly asking: Asking
  readonly status: number
  /** Without the prefix that all have. */
  readonly code: string
  readonly symbol: string
  readonly fields?: ReadonlyArray<string>
}

const invalid = { status: 400, symbol: 'INVALID_REQUEST' }
const unauthorized = { status: 401, symbol: 'UNAUTHORIZED' }
const noRoute = { asking: {}, status: 404, code: 'NTF-000', symbol: 'NOT_FOUND' }
const notAllowed = { status: 405, code: 'NTF-000', symbol: 'METHOD_NOT_ALLOWED' }
const unsupported = { status: 415, code: 'VAL-003', symbol: 'UNSUPPORTED_MEDIA_TYPE' }
const tooLarge = { status: 413, code: 'VAL-002', symbol: 'PAYLOAD_TOO_LARGE' }

const rows: ReadonlyArray<Row> = [
  { when: 'no route has the path', path: '/v1/nothing', ...noRoute },
  { when: 'the path is the root', path: '/', ...noRoute },
  { when: 'a slash is doubled', path: `/${secrets}`, ...noRoute },
  { when: 'the cluster id is empty', path: '/v1/clusters//pull-secrets', ...noRoute },
  { when: 'the path ends with a slash', path: `${secrets}/`, ...noRoute },
  { when: 'the path is in capitals', path: secrets.toUpperCase(), ...noRoute },
  { when: "a probe is asked for under the platform's prefix", path: '/api/hyperfleet/healthz', ...noRoute },
  { when: "the method is not the route's", asking: { method: 'PUT' }, ...notAllowed },
  { when: 'the method is OPTIONS', asking: { method: 'OPTIONS', token: null }, ...notAllowed },
  { when: 'there is no token', asking: { token: null }, code: 'AUT-001', ...unauthorized },
  {
    when: 'the token is of another scheme',
    asking: { token: null, headers: { Authorization: 'Basic b25lOnR3bw==' } },
    code: 'AUT-001',
    ...unauthorized,
  },
  { when: 'the token is unknown', asking: { token: 'unknown' }, code: 'AUT-002', ...unauthorized },
  {
    when: 'the token is empty',
    asking: { token: null, headers: { Authorization: 'Bearer' } },
    code: 'AUT-002',
    ...unauthorized,
  },
  { when: "the token is not of a token's form", asking: { token: 'two words' }, code: 'AUT-002', ...unauthorized },
  {
    when: 'the token is unknown and so is everything else',
    path: '/v1/clusters/Nonsense/pull-secrets',
    asking: { ...raw('{'), token: 'unknown' },
    code: 'AUT-002',
    ...unauthorized,
  },
  { when: 'the caller may not', asking: { token: strangerToken }, status: 403, code: 'AUZ-001', symbol: 'FORBIDDEN' },
  {
    when: 'the caller may not, and the body is no JSON',
    asking: { ...raw('{'), token: strangerToken },
    status: 403,
    code: 'AUZ-001',
    symbol: 'FORBIDDEN',
  },
  {
    when: 'the cluster id is of another form',
    path: '/v1/clusters/Nonsense/pull-secrets',
    asking: { token: strangerToken },
    code: 'VAL-003',
    ...invalid,
    fields: ['cluster_id'],
  },
  {
    when: 'the cluster id is too long',
    path: `/v1/clusters/cls-${'a'.repeat(10_000)}/pull-secrets`,
    asking: {},
    code: 'VAL-003',
    ...invalid,
    fields: ['cluster_id'],
  },
  {
    when: 'the cluster id hides a slash',
    path: '/v1/clusters/cls-abc123%2F..%2F/pull-secrets',
    asking: {},
    code: 'VAL-003',
    ...invalid,
    fields: ['cluster_id'],
  },
  {
    when: 'the path is not percent-encoded',
    path: '/v1/clusters/cls-%zz/pull-secrets',
    asking: {},
    code: 'VAL-003',
    ...invalid,
    fields: [''],
  },
  {
    when: 'the path is not UTF-8',
    path: '/v1/clusters/cls-%ff%fe/pull-secrets',
    asking: { token: null },
    code: 'VAL-003',
    ...invalid,
    fields: [''],
  },
  { when: 'the cluster has no pull secret', asking: {}, status: 404, code: 'NTF-001', symbol: 'NOT_FOUND' },
  {
    when: 'there is nothing to compare with',
    path: verification,
    asking: post({ fingerprint: 'a'.repeat(64) }),
    status: 404,
    code: 'NTF-001',
    symbol: 'NOT_FOUND',
  },
  {
    when: 'the query has an unknown parameter',
    path: `${secrets}?incarnatoin=1`,
    asking: { method: 'DELETE' },
    code: 'VAL-002',
    ...invalid,
    fields: ['incarnatoin'],
  },
  {
    when: 'the query has a parameter twice',
    path: `${secrets}?incarnation=1&incarnation=2`,
    asking: { method: 'DELETE' },
    code: 'VAL-002',
    ...invalid,
    fields: ['incarnation'],
  },
  {
    when: 'the query names a prototype',
    path: `${secrets}?__proto__=1`,
    asking: {},
    code: 'VAL-002',
    ...invalid,
    fields: [''],
  },
  { when: 'the body is no JSON', asking: raw('{"region"'), code: 'VAL-006', ...invalid },
  { when: 'the body is not UTF-8', asking: raw(Buffer.from([0x22, 0xff, 0x22])), code: 'VAL-006', ...invalid },
  { when: 'the body is not an object', asking: post([]), code: 'VAL-002', ...invalid, fields: [''] },
  { when: 'the body is nothing in JSON', asking: raw('null'), code: 'VAL-002', ...invalid, fields: [''] },
  {
    when: 'the body is nested without end',
    asking: raw('['.repeat(2000) + ']'.repeat(2000)),
    code: 'VAL-002',
    ...invalid,
    fields: [''],
  },
  {
    when: 'the body names a prototype',
    asking: raw('{"__proto__":{"cluster_id":"x"}}'),
    code: 'VAL-002',
    ...invalid,
    fields: [''],
  },
  {
    when: 'a field is unknown',
    asking: post({ registry: ['quay'] }),
    code: 'VAL-002',
    ...invalid,
    fields: ['registry'],
  },
  {
    when: 'fields have the wrong types',
    asking: post({ region: 7, registries: 'quay' }),
    code: 'VAL-002',
    ...invalid,
    fields: ['region', 'registries'],
  },
  {
    when: 'a field is of the wrong form',
    asking: post({ region: 'us/east' }),
    code: 'VAL-003',
    ...invalid,
    fields: ['region'],
  },
  {
    when: 'the cloud provider is not one of ours',
    asking: post({ cloud_provider: 'oci' }),
    code: 'VAL-002',
    ...invalid,
    fields: ['cloud_provider'],
  },
  {
    when: 'the body names another cluster',
    asking: post({ cluster_id: 'cls-other1' }),
    code: 'VAL-002',
    ...invalid,
    fields: ['cluster_id'],
  },
  {
    when: 'a registry is unknown',
    asking: post({ registries: ['rhit'] }),
    code: 'VAL-002',
    ...invalid,
    fields: ['registries'],
  },
  {
    when: 'a fingerprint is missing',
    path: verification,
    asking: { method: 'POST' },
    code: 'VAL-001',
    ...invalid,
    fields: ['fingerprint'],
  },
  {
    when: 'the body is of another type',
    asking: raw('region=x', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ...unsupported,
  },
  { when: 'the body is of no type', asking: raw('{}', {}), ...unsupported },
  {
    when: 'the body is in another character set',
    asking: raw('{}', { 'Content-Type': 'application/json; charset=utf-16' }),
    ...unsupported,
  },
  { when: 'the body is compressed', asking: raw('{}', { ...asJson, 'Content-Encoding': 'gzip' }), ...unsupported },
  { when: 'the body is larger than the limit', asking: raw(`"${'x'.repeat(5000)}"`), ...tooLarge },
  {
    when: 'the body is larger than the limit and comes in pieces',
    asking: raw(`"${'x'.repeat(500_000)}"`, { ...asJson, 'Transfer-Encoding': 'chunked' }),
    ...tooLarge,
  },
  {
    when: 'the job is unknown',
    path: '/v1/jobs/nothing/runs',
    asking: { method: 'POST' },
    code: 'VAL-002',
    ...invalid,
    fields: ['name'],
  },
]

const errorOf = ({ json }: Received) =>
  json['error'] as { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
const fieldsOf = ({ json }: Received) =>
  (json['errors'] as ReadonlyArray<{ readonly field: string }>).map(({ field }) => field)

describe('a problem, over HTTP', () => {
  let server: AServer
  before(async () => {
    server = await startServer()
  })
  after(() => server.stop())

  for (const { when, path = secrets, asking, status, code, symbol, fields = [] } of rows) {
    it(`is ${String(status)} ${code} when ${when}`, async () => {
      const received = await ask(server.url, path, asking)
      expect([received.status, received.json['code'], errorOf(received).code]).to.deep.equal([
        status,
        `HYPERFLEET-${code}`,
        symbol,
      ])
      expect(received.headers['content-type']).to.equal('application/problem+json')
      expect(received.headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/)
      expect(decode(problem, received.json)).to.satisfy(E.isRight)
      expect(fieldsOf(received)).to.have.members(fields)
    })
  }

  it('is 400 VAL-002 when an operation of the product has a parameter that it does not take', async () => {
    for (const { method, path } of Object.values(apiOperations)) {
      const named = path.replace('{cluster_id}', 'cls-query01').replace('{name}', 'recovery')
      for (const [query, field] of [
        ['foo=bar', 'foo'],
        ['foo', 'foo'],
        ['=', ''],
      ] as const) {
        const received = await ask(server.url, `${named}?${query}`, { method })
        expect([received.status, received.json['code']], `${method} ${path}?${query}`).to.deep.equal([
          400,
          'HYPERFLEET-VAL-002',
        ])
        expect(fieldsOf(received)).to.deep.equal([field])
      }
    }
    expect(server.vendor.credentials.size).to.equal(0)
  })

  it('is none when monitoring sends a parameter', async () => {
    for (const { path } of Object.values(probeOperations))
      expect((await ask(server.url, `${path}?foo=bar`)).status, path).to.equal(200)
    for (const { path } of Object.values(metricsPortOperations))
      expect((await ask(server.metricsUrl, `${path}?foo=bar`, { port: 'metrics' })).status, path).to.equal(200)
  })

  it('names the methods that the route takes', async () => {
    expect((await ask(server.url, secrets, { method: 'PATCH' })).headers.allow).to.equal('DELETE, GET, HEAD, POST')
  })

  it('names the values that are valid', async () => {
    expect(errorOf(await ask(server.url, secrets, post({ cloud_provider: 'oci' }))).details).to.deep.include({
      field: 'cloud_provider',
      valid_values: ['gcp', 'aws'],
    })
    expect(errorOf(await ask(server.url, secrets, post({ registries: ['rhit'] }))).details).to.deep.include({
      field: 'registries',
      valid_values: ['quay'],
    })
  })

  it('challenges who has no token', async () => {
    expect((await ask(server.url, secrets, { token: null })).headers['www-authenticate']).to.equal('Bearer')
  })

  it('is about the path that was asked for, without what a caller put into it by mistake', async () => {
    const instanceOf = async (path: string) => (await ask(server.url, path, { token: null })).json['instance']
    expect(await instanceOf(`${secrets}?token=canary`)).to.equal(secrets)
    expect(await instanceOf(`/api/hyperfleet${secrets}`)).to.equal(`/api/hyperfleet${secrets}`)
    expect(await instanceOf('/v1/clusters/Canary/pull-secrets')).to.equal('/v1/clusters/{cluster_id}/pull-secrets')
    expect(await instanceOf('/v1/nothing')).to.equal('/v1/nothing')
    expect(await instanceOf('/v1/"canary"')).to.equal('/')
  })

  it('never asks the policy about a cluster that cannot be', async () => {
    server.asked.length = 0
    await ask(server.url, '/v1/clusters/Nonsense/pull-secrets')
    expect(server.asked).to.deep.equal([])
  })

  it('keeps at the first faults of a body that has many', async () => {
    const body = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${String(index)}`, 1]))
    expect(fieldsOf(await ask(server.url, secrets, post(body)))).to.have.length(20)
  })
})

describe('a failure of the service, over HTTP', () => {
  const failing = (retrieve: () => Promise<E.Either<AnsweredError, never>>) =>
    startServer({ change: (root) => ({ ...root, useCases: { ...root.useCases, retrieve: () => retrieve as never } }) })

  it('that is expected says when to ask again', async () => {
    const server = await failing(TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 7 }))
    const { status, headers, json } = await ask(server.url, secrets)
    expect([status, headers['retry-after'], json['code']]).to.deep.equal([503, '7', 'HYPERFLEET-SVC-001'])
    await server.stop()
  })

  it('that nobody expected tells its caller nothing, and operators where it was', async () => {
    const server = await failing(() => Promise.reject(new TypeError('canary')))
    const { status, json, text, headers } = await ask(server.url, secrets)
    expect([status, json['code']]).to.deep.equal([500, 'HYPERFLEET-INT-001'])
    const line = server.lines.find(({ level }) => level === 'error')
    expect(line?.fields).to.include({ error: 'TypeError', request_id: headers['x-request-id'] })
    expect(line?.fields['stack_trace']).to.include('problems.int.spec.ts')
    expect(text + JSON.stringify(server.lines)).not.to.include('canary')
    await server.stop()
  })

  it('to count and log a request ends with that request', async () => {
    const server = await startServer({
      change: (root) => ({
        ...root,
        meter: {
          ...root.meter,
          count: () => () => {
            throw new Error('canary')
          },
        },
      }),
    })
    await ask(server.url, secrets)
    await server.stop()
    expect(server.lines.map(({ message }) => message)).to.include('response could not be sent or reported')
    expect(JSON.stringify(server.lines)).not.to.include('canary')
  })

  it('to find out who calls lets nobody in and refuses nobody', async () => {
    const unavailable = TE.left({ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 5 } as const)
    const server = await startServer({
      change: (root) => ({ ...root, access: { ...root.access, authenticator: { authenticate: () => unavailable } } }),
    })
    expect((await ask(server.url, secrets)).status).to.equal(503)
    await server.stop()
  })
})
