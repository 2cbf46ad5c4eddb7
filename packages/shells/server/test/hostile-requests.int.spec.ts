// Here and not beside a source file because it plays the whole server.
import { once } from 'node:events'
import { connect } from 'node:net'
import { decode, problem } from '@pull-secret/wire'
import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { type AServer, operatorToken, startServer } from './a-server.ts'
import { ask, type Asking, type Received } from './ask.ts'

const canary = 'cAnArY'

const hostileText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '%00',
      '%',
      '..',
      'a'.repeat(5000),
      '${7*7}',
      "' or 1=1 --",
      '<script>',
    ),
  )
  .map((text) => text + canary)

const segment = fc.oneof(
  fc.constantFrom(
    'v1',
    'clusters',
    'pull-secrets',
    'verification',
    'registries',
    'jobs',
    'recovery',
    'runs',
    'api',
    'hyperfleet',
    'health',
    'metrics',
    'healthz',
    'readyz',
    '',
    '.',
    '..',
    '%2e%2e',
    '%',
    '%zz',
    '%ff',
    '%00',
    'cls-abc123',
  ),
  hostileText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 3000)),
)
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('incarnation', 'include_metadata', 'check', '__proto__', '%', 'x'),
      fc.constantFrom('1', 'true', '%zz', canary, ''),
    ),
    { maxLength: 3 },
  )
  .map((parameters) => parameters.map(([name, value]) => `${name}=${value}`).join('&'))
const anyPath = fc
  .tuple(fc.array(segment, { maxLength: 7 }), query)
  .map(([segments, parameters]) => `/${segments.join('/')}?${parameters}`)
const clusterPath = fc
  .tuple(segment, fc.constantFrom('', '/verification'), query)
  .map(([id, rest, parameters]) => `/v1/clusters/${id}/pull-secrets${rest}?${parameters}`)
const knownPath = fc.constantFrom(
  '/v1/clusters/cls-abc123/pull-secrets',
  '/v1/clusters/cls-abc123/pull-secrets/verification',
  '/v1/jobs/recovery/runs',
  '/v1/registries',
)

const foreignJson = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc.dictionary(
    fc.constantFrom(
      'cluster_id',
      'cluster_external_id',
      'cloud_provider',
      'region',
      'registries',
      'recreate',
      'on_rotation',
      'fingerprint',
      'hosts',
      '__proto__',
      'constructor',
    ),
    fc.oneof(
      hostileText,
      fc.jsonValue(),
      fc.array(hostileText, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('__proto__', 'toString', 'quay.example'), hostileText),
    ),
  ),
)
const body = fc.oneof(
  foreignJson.map((value) => JSON.stringify(value)),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  hostileText,
  fc.constant('['.repeat(1900)),
)

const asking: fc.Arbitrary<Asking> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE'),
    token: fc.constantFrom(operatorToken, operatorToken, null, canary, '__proto__', 'constructor', `a b ${canary}`),
    headers: fc.record(
      {
        'Content-Type': fc.constantFrom('application/json', 'application/json', 'text/plain', canary),
        'If-None-Match': fc.constantFrom('*', '"a"', ',,,', canary),
        traceparent: fc.constantFrom(canary, `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`),
        'User-Agent': fc.constantFrom('a client', 'x'.repeat(5000)),
        'X-HTTP-Method-Override': fc.constant('DELETE'),
      },
      { requiredKeys: [] },
    ),
    body,
  })
  .map(({ headers, ...rest }) => ({ ...rest, headers: { ...headers } }))

const withLength = (given: Asking): Asking => ({
  ...given,
  headers: { ...given.headers, 'Content-Length': Buffer.byteLength(given.body ?? '') },
})

const expectSane = ({ status, headers, json, text }: Received): void => {
  expect(status).to.be.lessThan(500)
  if (status >= 400 && text !== '') {
    expect(headers['content-type']).to.equal('application/problem+json')
    expect(decode(problem, json)).to.satisfy(E.isRight)
  }
  expect(text + JSON.stringify(headers)).not.to.include(canary)
}

const rawAnswer = async (url: string, bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const chunks: Array<Buffer> = []
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk))
  socket.on('error', () => undefined)
  socket.write(bytes, 'latin1')
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

describe('whatever anybody sends', () => {
  let server: AServer
  before(async () => {
    server = await startServer()
  })
  after(() => server.stop())

  it("is answered as the sender's own doing, as a problem, and never repeated", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          clusterPath,
          knownPath,
          anyPath.filter((path) => !path.includes(canary)),
        ),
        asking,
        async (path, given) => {
          expectSane(await ask(server.url, path, withLength(given)))
        },
      ),
      { numRuns: 400 },
    )
    expect(JSON.stringify(server.lines)).not.to.include(canary)
    expect(Math.max(...server.lines.map(({ fields }) => String(fields['user_agent']).length))).to.equal(200)
    expect(server.metrics.join()).not.to.include(canary)
  })

  it('without being a request is answered as a problem too', async () => {
    for (const [status, bytes] of [
      [400, `GET /${canary} HTTP/9.9\r\n\r\n`],
      [400, `${canary}\r\n\r\n`],
      [400, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
      [400, `GET / HTTP/1.1\r\nContent-Length: ${canary}\r\n\r\n`],
      [400, `GET /healthz HTTP/1.1\r\nHost: a\r\nHost: ${canary}\r\nConnection: close\r\n\r\n`],
      [405, `${canary.toUpperCase()} /healthz HTTP/1.1\r\n\r\n`],
      [405, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\n\r\n'],
      [431, `GET / HTTP/1.1\r\nx: ${canary.repeat(5000)}\r\n\r\n`],
    ] as const) {
      const answer = await rawAnswer(server.url, bytes)
      expect(answer, bytes.slice(0, 40))
        .to.match(new RegExp(`^HTTP/1\\.1 ${String(status)} \\w`))
        .and.to.match(/content-type: application\/problem\+json/i)
        .and.not.to.include(canary)
      expect(decode(problem, JSON.parse(answer.split('\r\n\r\n')[1] ?? ''))).to.satisfy(E.isRight)
    }
  })

  it('in a method that may exist elsewhere is answered 405', async () => {
    const tokenCharacters = Array.from("!#$%&'*+-.^_`|~019azAZ")
    const methods = ['get', 'Post', 'BREW', 'GETS', 'M_9', 'ANNOUNCE', 'SETUP', 'x'.repeat(100), ...tokenCharacters]
    for (const method of methods)
      expect(await rawAnswer(server.url, `${method} /healthz HTTP/1.1\r\nHost: a\r\n\r\n`), method).to.match(
        /^HTTP\/1\.1 405 [^]*\r\nAllow: /,
      )
    for (const method of ['G(T', 'G@T', 'GÄT', '"GET"', ''])
      expect(await rawAnswer(server.url, `${method} /healthz HTTP/1.1\r\nHost: a\r\n\r\n`), method).to.match(
        /^HTTP\/1\.1 400 /,
      )
  })

  it('with an expectation that nobody knows is answered as if it had none', async () => {
    expect(
      await rawAnswer(server.url, `GET /healthz HTTP/1.1\r\nExpect: ${canary}\r\nConnection: close\r\n\r\n`),
    ).to.match(/^HTTP\/1.1 200 /)
  })

  it('may lack a host, or name the service by a whole address', async () => {
    expect(await rawAnswer(server.url, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')).to.match(
      /^HTTP\/1.1 200 /,
    )
    expect(await rawAnswer(server.url, `GET http://${canary}/healthz HTTP/1.1\r\nConnection: close\r\n\r\n`)).to.match(
      /^HTTP\/1.1 200 /,
    )
    const elsewhere = await rawAnswer(server.url, `PUT http://${canary}/healthz HTTP/1.1\r\nConnection: close\r\n\r\n`)
    expect(elsewhere)
      .to.match(/^HTTP\/1.1 405 /)
      .and.not.to.include(canary)
  })

  it('leaves the service able to serve', async () => {
    expect((await ask(server.url, '/v1/clusters/cls-fine01/pull-secrets', { method: 'POST' })).status).to.equal(200)
  })
})

describe('a live token', () => {
  it('goes to who may have it, and into no log line, metric or problem', async () => {
    const server = await startServer()
    const path = '/v1/clusters/cls-abc123/pull-secrets'
    await ask(server.url, path, { method: 'POST' })
    const tokens = [...server.vendor.credentials.values()].map(({ token }) => token)
    const { text, json } = await ask(server.url, path)
    const answers = [
      await ask(server.url, path, { token: null }),
      await ask(server.url, path, { method: 'HEAD' }),
      await ask(server.url, `${path}?include_metadata=maybe`),
      await ask(server.url, `${path}/verification`, { method: 'POST', json: { fingerprint: json['fingerprint'] } }),
      await ask(server.url, '/v1/registries?check=true'),
      await ask(server.url, path, { method: 'DELETE' }),
      await ask(server.url, path, { method: 'POST' }),
    ]
    await server.stop()
    expect(tokens).to.have.length(1)
    const kept = JSON.stringify([answers, server.lines, server.metrics])
    for (const token of tokens) {
      expect(Buffer.from(/"auth":"([^"]+)"/.exec(text)?.[1] ?? '', 'base64').toString()).to.include(token)
      for (const secret of [
        token,
        operatorToken,
        String(json['fingerprint_key']),
        /"auth":"([^"]+)"/.exec(text)?.[1] ?? '',
      ])
        expect(kept).not.to.include(secret)
    }
  })
})
