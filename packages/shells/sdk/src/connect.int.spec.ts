import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect } from 'chai'
import { Agent } from 'undici'
import { refusalOf } from '../test/refusal-of.ts'
import { answer, inTurn, type Script, type ScriptedServer, startScriptedServer } from '../test/scripted-server.ts'
import { connect, type ConnectOptions } from './connect.ts'
import type { PullSecrets } from './pull-secrets.ts'

const token = 'canary-token'
const fingerprint = 'a'.repeat(64)
const body = {
  cluster_id: 'cls-abc123',
  pull_secret: { auths: { 'quay.io': { auth: 'dTp0' } } },
  dockerconfigjson: '{"auths":{"quay.io":{"auth":"dTp0"}}}',
  dockerconfigjson_base64: 'eyJhdXRocyI6eyJxdWF5LmlvIjp7ImF1dGgiOiJkVHB3In19fQ==',
  last_rotated_at: '2026-01-31T03:04:05.000Z',
  rotation: { rotation_id: 'rot-1', status: 'in_progress', phase: 'creating_credentials' },
  fingerprint,
  fingerprint_key: 'key',
  created_at: '2026-01-02T03:04:05.000Z',
  expires_at: '2026-02-02T03:04:05.000Z',
  refresh_after: null,
  added_later: true,
}
const problem = (status: number, symbol: string, more: object = {}) => ({
  type: 'https://docs.example.com/errors/x',
  title: 'X',
  status,
  detail: 'what went wrong',
  instance: '/',
  timestamp: '2026-01-02T03:04:05.000Z',
  trace_id: 'trace-1',
  code: 'HYPERFLEET-TST-001',
  errors: [],
  error: { code: symbol, message: 'what went wrong', details: { known: 1 } },
  ...more,
})

describe('a connected client', () => {
  let server: ScriptedServer
  let pullSecrets: PullSecrets
  let waits: Array<number>

  const open = async (script: Script, more: Partial<ConnectOptions> = {}): Promise<void> => {
    waits = []
    const clock = {
      now: () => Date.UTC(2026, 0, 1),
      sleep: async (milliseconds: number) => void waits.push(milliseconds),
    }
    server = await startScriptedServer(script)
    pullSecrets = connect({ baseUrl: server.url, token, clock, random: () => 0, ...more } as ConnectOptions)
  }
  const refusal = () => refusalOf(pullSecrets.get('cls-abc123'))

  afterEach(async () => {
    await pullSecrets.close()
    await server.close()
  })

  it('asks as the service expects, below the path of its base URL', async () => {
    server = await startScriptedServer(answer(200, body))
    pullSecrets = connect({ baseUrl: `${server.url}/api/hyperfleet/`, token })
    await pullSecrets.generate('cls-abc123', { cloudProvider: 'gcp', registries: ['quay'] })
    const [call] = server.calls
    expect(call).to.include({ method: 'POST', path: '/api/hyperfleet/v1/clusters/cls-abc123/pull-secrets' })
    expect(call?.headers).to.include({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'user-agent': 'pull-secret-sdk',
    })
    expect(JSON.parse(call?.body ?? '')).to.deep.equal({
      cloud_provider: 'gcp',
      registries: ['quay'],
      on_rotation: 'return_current',
    })
  })

  it('reads times as dates, and passes over fields that it does not know', async () => {
    await open(answer(200, body, { etag: 'W/"1"' }))
    const found = await pullSecrets.get('cls-abc123')
    expect(found).to.deep.include({
      createdAt: new Date('2026-01-02T03:04:05Z'),
      expiresAt: new Date('2026-02-02T03:04:05Z'),
      refreshAfter: undefined,
      lastRotatedAt: new Date('2026-01-31T03:04:05Z'),
      rotation: { rotationId: 'rot-1', status: 'in_progress', phase: 'creating_credentials' },
      dockerConfigJsonBase64: body.dockerconfigjson_base64,
      etag: 'W/"1"',
      registries: [],
    })
    expect(found).to.not.have.property('added_later')
  })

  it('watches by ETag', async () => {
    await open(
      inTurn(
        answer(200, body, { etag: 'W/"1"' }),
        answer(304, ''),
        answer(200, { ...body, fingerprint: 'b'.repeat(64) }),
      ),
    )
    const seen: Array<string> = []
    for await (const found of pullSecrets.watch('cls-abc123', { everySeconds: 5 })) {
      seen.push(found.fingerprint)
      if (seen.length === 2) break
    }
    expect(seen).to.deep.equal([fingerprint, 'b'.repeat(64)])
    expect(server.calls.map(({ headers }) => headers['if-none-match'])).to.deep.equal([undefined, 'W/"1"', 'W/"1"'])
    expect(waits).to.deep.equal([5000, 5000])
  })

  it('goes on watching through failures that pass', async () => {
    await open(inTurn(answer(200, body), answer(503, ''), answer(200, { ...body, fingerprint: 'b'.repeat(64) })), {
      retries: 0,
    })
    const seen: Array<string> = []
    for await (const found of pullSecrets.watch('cls-abc123')) {
      seen.push(found.fingerprint)
      if (seen.length === 2) break
    }
    expect(seen).to.deep.equal([fingerprint, 'b'.repeat(64)])
  })

  it('watches no sooner than the service wants to be asked again', async () => {
    const limited = answer(429, problem(429, 'RATE_LIMIT_EXCEEDED'), { 'retry-after': '90' })
    const late = answer(503, '', { 'retry-after': '999999999' })
    await open(inTurn(answer(200, body), limited, late, answer(200, { ...body, fingerprint: 'b'.repeat(64) })))
    const watching = pullSecrets.watch('cls-abc123', { everySeconds: 5 })[Symbol.asyncIterator]()
    await watching.next()
    expect((await watching.next()).value).to.include({ fingerprint: 'b'.repeat(64) })
    expect(waits).to.deep.equal([5000, 90_000, 86_400_000])
  })

  it('waits for its turn where it asks too often, and says for how long where it gives up', async () => {
    const limited = answer(429, problem(429, 'RATE_LIMIT_EXCEEDED'), { 'retry-after': '7' })
    await open(inTurn(limited, answer(200, body), limited, limited, limited, limited))
    await pullSecrets.get('cls-abc123')
    expect(waits).to.deep.equal([7000])
    expect(await refusal()).to.include({ code: 'RATE_LIMIT_EXCEEDED', retryable: true, retryAfterSeconds: 7 })
  })

  it('asks a function for its token at each attempt', async () => {
    const tokens = ['one', 'two']
    await open(inTurn(answer(503, ''), answer(200, body)), { token: () => Promise.resolve(tokens.shift() ?? '') })
    await pullSecrets.get('cls-abc123')
    expect(server.calls.map(({ headers }) => headers.authorization)).to.deep.equal(['Bearer one', 'Bearer two'])
  })

  it('reads its token file at each attempt', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sdk-token-'))
    const tokenFile = join(folder, 'token')
    await writeFile(tokenFile, 'one\n')
    await open(answer(200, body), { token: undefined, tokenFile })
    await pullSecrets.get('cls-abc123')
    await writeFile(tokenFile, 'two\n')
    await pullSecrets.get('cls-abc123')
    await rm(folder, { recursive: true })
    expect(server.calls.map(({ headers }) => headers.authorization)).to.deep.equal(['Bearer one', 'Bearer two'])
    expect(await refusal()).to.include({ code: 'UNAUTHORIZED', retryable: false })
  })

  it('sends nothing with a token that cannot be had or cannot be sent', async () => {
    for (const source of [() => Promise.reject(new Error(token)), '', `${token}\nx`]) {
      await open(answer(200, body), { token: source })
      const error = await refusal()
      expect(error).to.include({ code: 'UNAUTHORIZED' })
      expect(inspect(error, { depth: 9 })).to.not.include(token)
      expect(server.calls).to.deep.equal([])
      await pullSecrets.close()
      await server.close()
    }
    await open(answer(200, body))
  })

  it('repeats what fails in passing, waiting twice as long each time', async () => {
    await open(inTurn(answer(500, problem(500, 'INTERNAL_ERROR')), answer(408, ''), answer(429, ''), answer(200, body)))
    expect((await pullSecrets.get('cls-abc123')).fingerprint).to.equal(fingerprint)
    expect(waits).to.deep.equal([500, 1000, 2000])
  })

  it('repeats a lost connection', async () => {
    await open(inTurn((_call, response) => response.destroy(), answer(200, body)))
    expect((await pullSecrets.generate('cls-abc123')).fingerprint).to.equal(fingerprint)
  })

  it('waits as long as it is asked to, before anything else', async () => {
    const date = new Date(Date.UTC(2026, 0, 1, 0, 0, 30)).toUTCString()
    await open(
      inTurn(answer(503, '', { 'retry-after': '7' }), answer(503, '', { 'retry-after': date }), answer(200, body)),
    )
    await pullSecrets.get('cls-abc123')
    expect(waits).to.deep.equal([7000, 30_000])
  })

  it('hands the failure on when it is asked to wait longer than a minute', async () => {
    await open(answer(429, problem(429, 'RATE_LIMIT_EXCEEDED'), { 'retry-after': '3600' }))
    expect(await refusal()).to.include({ code: 'RATE_LIMIT_EXCEEDED', retryable: true, retryAfterSeconds: 3600 })
    expect(waits).to.deep.equal([])
  })

  it('gives up after its retries, with the last failure', async () => {
    await open(inTurn(answer(500, ''), answer(502, ''), answer(504, problem(504, 'UPSTREAM_TIMEOUT'))), { retries: 2 })
    expect(await refusal()).to.include({ code: 'UPSTREAM_TIMEOUT', traceId: 'trace-1' })
    expect(server.calls).to.have.length(3)
  })

  it('repeats nothing that will fail again', async () => {
    for (const [status, symbol] of [
      [400, 'INVALID_REQUEST'],
      [401, 'UNAUTHORIZED'],
      [403, 'FORBIDDEN'],
      [404, 'NOT_FOUND'],
      [409, 'CLUSTER_DELETING'],
      [409, 'CONFLICT'],
    ] as const) {
      await open(answer(status, problem(status, symbol)))
      expect(await refusal()).to.deep.include({
        code: symbol,
        message: 'what went wrong',
        retryable: false,
        details: { known: 1 },
        traceId: 'trace-1',
      })
      expect(server.calls).to.have.length(1)
      await pullSecrets.close()
      await server.close()
    }
    await open(answer(200, body))
  })

  it('says when nobody answers in time', async () => {
    await open(() => undefined, { retries: 0, timeoutMilliseconds: 20 })
    expect(await refusal()).to.include({ code: 'TIMED_OUT', retryable: true })
  })

  it('says when nobody listens', async () => {
    await open(answer(200, body), { retries: 0 })
    await server.close()
    const error = await refusal()
    server = await startScriptedServer(answer(200, body))
    expect(error).to.deep.include({ code: 'CONNECTION_FAILED', retryable: true, details: { reason: 'ECONNREFUSED' } })
  })

  it('does not take a missing route for a missing pull secret', async () => {
    const missingRoute = problem(404, 'NOT_FOUND', { code: 'HYPERFLEET-NTF-000' })
    for (const script of [
      answer(404, '<h1>Not Found</h1>'),
      answer(404, missingRoute),
      answer(301, '', { location: '/elsewhere' }),
    ]) {
      await open(script)
      expect(await refusal()).to.include({ code: 'UNEXPECTED_ANSWER', retryable: false })
      await pullSecrets.close()
      await server.close()
    }
    await open(answer(200, body))
  })

  it('refuses an answer that is no pull secret, naming the field and not the value', async () => {
    await open(answer(200, { ...body, fingerprint: 'not-a-fingerprint' }))
    const error = await refusal()
    expect(error).to.include({ code: 'UNEXPECTED_ANSWER' })
    expect(error.message).to.include('fingerprint').and.not.include('not-a-fingerprint')
  })

  it('asks whether the address is right when a page answers, of whatever status', async () => {
    const page = '<html>canary</html>'
    for (const [script, message] of [
      [answer(200, page, { 'content-type': 'text/html; charset=utf-8' }), 'text/html: is this the address'],
      [answer(200, page), 'no content type: is this the address'],
      [answer(404, page, { 'content-type': 'text/html' }), 'status 404 and text/html, not with a problem document'],
    ] as const) {
      await open(script)
      const refusal = await refusalOf(pullSecrets.get('cls-abc123'))
      expect(refusal).to.include({ code: 'UNEXPECTED_ANSWER' })
      expect(refusal.message).to.include(`${server.url} answered with ${message}`).and.not.include('canary')
      await server.close()
    }
    await open(answer(200, body))
  })

  it('asks whether the address is right when foreign JSON answers, naming one field and no type', async () => {
    const question = ': is this the address of the service?'
    for (const [script, message] of [
      [answer(200, { a: 1 }), `JSON that is not a pull secret (cluster_id is required)${question}`],
      [
        answer(200, { ...body, fingerprint: undefined }),
        `JSON that is not a pull secret (fingerprint is required)${question}`,
      ],
      [answer(200, { ...body, pull_secret: 7 }), `JSON that is not a pull secret (pull_secret is invalid)${question}`],
      [answer(200, [7]), `JSON that is not a pull secret${question}`],
      [answer(200, '{"a"', { 'content-type': 'application/json' }), `JSON that cannot be read${question}`],
    ] as const) {
      await open(script)
      const error = await refusal()
      expect(error).to.include({ code: 'UNEXPECTED_ANSWER', message: `${server.url} answered with ${message}` })
      await server.close()
    }
    await open(answer(200, body))
  })

  it('repeats no name of a field that is as long as an answer', async () => {
    await open(answer(202, { status: 'deleting', registries: { ['x'.repeat(9000)]: 7 } }))
    const { message } = await refusalOf(pullSecrets.delete('cls-abc123'))
    expect(message.length).to.be.below(300)
  })

  it('reads no endless answer', async () => {
    await open(answer(200, 'x'.repeat(1024 * 1024 + 1)))
    expect(await refusal()).to.include({ code: 'UNEXPECTED_ANSWER' })
  })

  it('repeats no token that a server echoes', async () => {
    const escapes = (text: string) => [...text].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const hex = (text: string) => Buffer.from(text).toString('hex')
    for (const form of [(text: string) => text, escapes, (text: string) => escapes(escapes(text)), base64, hex]) {
      const echo: Script = (call, response) => {
        const said = form(String(call.headers.authorization))
        const details = { said, [said]: [{ [said]: said }] }
        const told = problem(400, 'INVALID_REQUEST', {
          detail: 'SAID',
          trace_id: 'SAID',
          errors: [{ field: 'SAID', code: 'x', message: 'SAID' }],
          error: { code: 'INVALID_REQUEST', message: 'SAID', details },
        })
        response.writeHead(400).end(JSON.stringify(told).replaceAll('SAID', said))
      }
      await open(echo)
      const error = await refusal()
      expect(error.message).to.include('[redacted]')
      const shown = inspect(error, { depth: 9, showHidden: true })
      for (const text of [token, escapes(token), hex(token), base64(`Bearer ${token}`).slice(12, -4)])
        expect(shown).to.not.include(text)
      await pullSecrets.close()
      await server.close()
    }
    await open(answer(200, body))
  })

  it('repeats no token that a server hides in the names of fields', async () => {
    await open(answer(202, { status: 'deleting', registries: { [token]: { status: 7 } } }))
    const error = await refusalOf(pullSecrets.delete('cls-abc123'))
    expect(error).to.include({ code: 'UNEXPECTED_ANSWER' })
    expect(inspect(error, { depth: 9, showHidden: true })).to.not.include(token)
  })

  it('ends a wait between attempts with the signal of the call', async () => {
    server = await startScriptedServer(answer(503, ''))
    pullSecrets = connect({ baseUrl: server.url, token, firstDelayMilliseconds: 600_000 })
    const ending = new AbortController()
    const call = pullSecrets.get('cls-abc123', { signal: ending.signal }).catch((error: unknown) => error)
    while (server.calls.length === 0) await new Promise(setImmediate)
    const reason = new Error('no longer wanted')
    ending.abort(reason)
    expect(await call).to.equal(reason)
  })

  it('rejects what is under way when it is closed', async () => {
    await open(() => undefined)
    const call = refusal()
    while (server.calls.length === 0) await new Promise(setImmediate)
    await pullSecrets.close()
    expect(await call).to.include({ code: 'CLOSED' })
  })

  it('leaves a dispatcher that it was given open', async () => {
    const dispatcher = new Agent()
    await open(answer(200, body), { dispatcher })
    await pullSecrets.get('cls-abc123')
    await pullSecrets.close()
    expect(dispatcher).to.include({ closed: false, destroyed: false })
    await dispatcher.close()
  })

  it('is refused a base URL that is none, or that holds a password', async () => {
    await open(answer(200, body))
    for (const baseUrl of ['service', 'ftp://service', 'https://user:secret@service', 'https://service?x=1']) {
      expect(() => connect({ baseUrl, token }))
        .to.throw()
        .with.property('code', 'INVALID_REQUEST')
      expect(() => connect({ baseUrl, token }))
        .to.throw()
        .with.property('message')
        .not.include('secret')
    }
  })
})
