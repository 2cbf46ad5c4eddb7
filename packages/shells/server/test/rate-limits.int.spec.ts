// Here and not beside a source file because it plays the whole server.
import { makeInMemoryAccessPolicy, makeInMemoryAuthenticator } from '@pull-secret/in-memory'
import { type Operation, type OperationId, operations } from '@pull-secret/wire'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AServer, type Given, startServer } from './a-server.ts'
import { ask, type Asking, type Received } from './ask.ts'

const table: Readonly<Record<string, Operation>> = operations
const idsOf = (limitClass: Operation['limitClass']) =>
  Object.keys(table).filter((id) => table[id]?.limitClass === limitClass) as ReadonlyArray<OperationId>

const urlOf = (id: OperationId): string =>
  operations[id].path.replace('{cluster_id}', 'cls-abc123').replaceAll(/\{\w+\}/g, 'recovery')

const secrets = urlOf('retrievePullSecret')

/** Who holds which token: its name without what follows the first dash. */
const names = ['alice', 'alice-again', 'bob', 'carol', 'prometheus']
const subjectOf = (token: string): string => token.split('-', 1)[0] ?? ''

interface ALimitedServer extends AServer {
  readonly pass: (milliseconds: number) => void
  /** Tokens that the authenticator was asked about. */
  readonly authenticated: Array<string>
  /** What was asked of the policy and of the use case that reads. */
  readonly steps: Array<'authorize' | 'retrieve'>
  readonly call: (token: string | null, more?: Asking & { readonly path?: string }) => Promise<Received>
}

const startedAt = Date.UTC(2026, 0, 1)

/** A server whose clock stands still, so that no bucket fills up by itself. */
const aLimitedServer = async (
  rateLimits: Given['rateLimits'],
  server: Given['server'] = {},
): Promise<ALimitedServer> => {
  let milliseconds = 0
  const steps: ALimitedServer['steps'] = []
  const authenticated: Array<string> = []
  const known = makeInMemoryAuthenticator(Object.fromEntries(names.map((token) => [token, subjectOf(token)])))
  const started = await startServer({
    rateLimits,
    server,
    change: (root) => ({
      ...root,
      clock: { ...root.clock, now: () => startedAt + milliseconds, monotonic: () => milliseconds },
      access: {
        ...root.access,
        authenticator: {
          authenticate: (token) => {
            authenticated.push(token.reveal())
            return known.authenticate(token)
          },
        },
        policy: makeInMemoryAccessPolicy((subject) => {
          steps.push('authorize')
          return subject.name !== 'carol'
        }),
      },
      useCases: {
        ...root.useCases,
        retrieve: (query) => {
          steps.push('retrieve')
          return root.useCases.retrieve(query)
        },
      },
    }),
  })
  return {
    ...started,
    authenticated,
    steps,
    pass: (more) => {
      milliseconds += more
    },
    call: (token, { path = secrets, ...asking } = {}) => ask(started.url, path, { token, ...asking }),
  }
}

const limitOf = ({ headers }: Received) =>
  ['limit', 'remaining', 'reset'].map((name) => {
    const value = headers[`x-ratelimit-${name}`]
    return value === undefined ? undefined : Number(value)
  })

const times = <A>(count: number, make: (index: number) => Promise<A>): Promise<ReadonlyArray<A>> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

const countOf = (received: ReadonlyArray<Received>, status: number): number =>
  received.filter((one) => one.status === status).length

const fiveAMinute = { perMinute: 5, perSecond: 3 }

describe('the limit of a caller', () => {
  let server: ALimitedServer
  beforeEach(async () => {
    server = await aLimitedServer({
      standard: fiveAMinute,
      subjects: [{ subject: 'bob', standard: { perMinute: 50, perSecond: 50 } }],
    })
  })
  afterEach(() => server.stop())

  it('is told in every answer of a limited operation, whatever the answer is', async () => {
    const generous = await aLimitedServer({})
    for (const id of idsOf('standard')) {
      const { method } = operations[id]
      for (const [token, path] of [
        ['alice', urlOf(id)],
        ['carol', urlOf(id)],
        ['nobody', urlOf(id)],
        [null, urlOf(id)],
        ['alice', `${urlOf(id)}?unknown=1`],
      ] as const)
        for (const limit of limitOf(await generous.call(token, { method, path })))
          expect(limit, `${id} ${String(token)}`).to.be.a('number')
    }
    await generous.stop()
  })

  it('is told even where something unexpected is thrown', async () => {
    const broken = await startServer({
      change: (root) => ({
        ...root,
        useCases: {
          ...root.useCases,
          retrieve: () => {
            throw new Error('a bug')
          },
        },
      }),
    })
    const received = await ask(broken.url, secrets)
    expect([received.status, received.headers['x-ratelimit-limit']]).to.deep.equal([500, '1000000'])
    await broken.stop()
  })

  it('counts down, and says when all of it is there again', async () => {
    const standing = await server.call('alice')
    expect([standing.status, ...limitOf(standing)]).to.deep.equal([404, 5, 4, startedAt / 1000 + 12])
    expect(limitOf(await server.call('alice', { method: 'POST' }))).to.deep.equal([5, 3, startedAt / 1000 + 24])
  })

  it('refuses more than a second or a minute has, says which and for how long, and means it', async () => {
    await times(3, () => server.call('alice'))
    const inSecond = await server.call('alice')
    expect([inSecond.status, inSecond.json['code'], inSecond.headers['retry-after']]).to.deep.equal([
      429,
      'HYPERFLEET-LMT-001',
      '1',
    ])
    expect(inSecond.json['error']).to.deep.include({
      code: 'RATE_LIMIT_EXCEEDED',
      details: { limit: 3, window: '1s', retry_after: 1 },
    })
    expect(limitOf(inSecond)).to.deep.equal([3, 0, startedAt / 1000 + 1])
    server.pass(1000)
    await times(2, () => server.call('alice'))
    const inMinute = await server.call('alice')
    expect(inMinute.json['error']).to.deep.include({ details: { limit: 5, window: '1m', retry_after: 11 } })
    expect(limitOf(inMinute).slice(0, 2)).to.deep.equal([5, 0])
    server.pass(Number(inMinute.headers['retry-after']) * 1000)
    expect((await server.call('alice')).status).to.equal(404)
  })

  it('is one for all tokens and all operations of the caller, and each caller has its own', async () => {
    await server.call('alice')
    await server.call('alice-again', { path: urlOf('listRegistries') })
    await server.call('alice', { path: `/api/hyperfleet${secrets}` })
    expect((await server.call('alice-again')).status).to.equal(429)
    expect(limitOf(await server.call('carol')).slice(0, 2)).to.deep.equal([5, 4])
    expect(limitOf(await server.call('bob')).slice(0, 2)).to.deep.equal([50, 49])
  })

  it('counts what the caller may not do, and what it asks wrongly', async () => {
    expect((await server.call('carol')).status).to.equal(403)
    expect((await server.call('carol', { path: urlOf('listRegistries') })).status).to.equal(403)
    expect((await server.call('carol', { path: secrets.replace('cls-abc123', 'Nonsense') })).status).to.equal(400)
    expect((await server.call('carol')).status).to.equal(429)
  })

  it('is looked at before anybody is asked what the caller may do, and before the database', async () => {
    const received = await times(20, () => server.call('alice'))
    expect(countOf(received, 429)).to.equal(17)
    expect(server.steps.filter((step) => step === 'authorize')).to.have.length(3)
    expect(server.steps).to.have.length(6)
  })

  it('spares what monitoring asks and the description of the API, and nothing is told there', async () => {
    await times(3, () => server.call('prometheus'))
    expect((await server.call('prometheus')).status).to.equal(429)
    for (const id of idsOf('exempt')) {
      const { status, headers } = await server.call('prometheus', { path: urlOf(id) })
      expect([status, id]).to.deep.equal([200, id])
      expect(headers).not.to.have.any.keys('x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset')
    }
    expect((await ask(server.metricsUrl, '/metrics', { port: 'metrics', token: null })).status).to.equal(200)
  })

  it('is counted where it refuses', async () => {
    await times(5, () => server.call('alice'))
    const counted = server.metrics.filter((line) => line.startsWith('rate_limited_total'))
    expect(counted).to.deep.equal(Array.from({ length: 2 }, () => 'rate_limited_total {"class":"standard"}'))
  })
})

describe('a caller who floods', () => {
  it('takes nothing from another: each request of the other is answered', async () => {
    const server = await aLimitedServer({
      standard: { perMinute: 100, perSecond: 20 },
      subjects: [{ subject: 'bob', standard: { perMinute: 100, perSecond: 100 } }],
    })
    const [flood, work] = await Promise.all([
      times(1000, () => server.call('alice', { path: urlOf('listRegistries') })),
      times(100, () => server.call('bob', { path: urlOf('listRegistries') })),
    ])
    await server.stop()
    expect([countOf(flood, 200), countOf(flood, 429)]).to.deep.equal([20, 980])
    expect(countOf(work, 200)).to.equal(100)
  })
})

describe('whoever guesses tokens', () => {
  const limits = { unauthenticated: { perMinute: 10, perSecond: 10 } }
  let server: ALimitedServer
  beforeEach(async () => {
    server = await aLimitedServer(limits, { trustedProxies: ['127.0.0.1'] })
  })
  afterEach(() => server.stop())

  const guess = (index: number, forwardedFor = '198.51.100.7'): Promise<Received> =>
    server.call(`guess-${String(index)}`, { headers: { 'X-Forwarded-For': forwardedFor } })

  it('is refused before anybody is asked about the token, and told to wait', async () => {
    const received = await times(50, (index) => guess(index))
    expect([countOf(received, 401), countOf(received, 429), server.authenticated.length]).to.deep.equal([10, 40, 10])
    const [limited] = received.filter(({ status }) => status === 429)
    expect(limited?.headers).to.include({ 'retry-after': '6', 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0' })
    expect(server.metrics.filter((line) => line.includes('"class":"unauthenticated"'))).to.have.length(40)
    server.pass(6000)
    expect([(await guess(50)).status, (await guess(51)).status]).to.deep.equal([401, 429])
  })

  it('is refused so wherever a token is asked for, and with none or half of one too', async () => {
    for (const authorization of ['Basic b25lOnR3bw==', 'Bearer', 'Bearer {"a": 1}', undefined])
      for (const path of [secrets, urlOf('metrics'), urlOf('listRegistries')])
        await server.call(null, {
          path,
          headers: {
            'X-Forwarded-For': '198.51.100.7',
            ...(authorization === undefined ? {} : { Authorization: authorization }),
          },
        })
    expect((await guess(0)).status).to.equal(429)
    const onMetrics = await server.call('guess', {
      path: urlOf('metrics'),
      headers: { 'X-Forwarded-For': '198.51.100.7' },
    })
    expect([onMetrics.status, onMetrics.headers['x-ratelimit-limit']]).to.deep.equal([429, undefined])
    expect(server.authenticated).to.deep.equal([])
  })

  it('locks nobody out who is known, though both come through one proxy', async () => {
    const behindProxy = { headers: { 'X-Forwarded-For': '198.51.100.7' } }
    await server.call('alice', behindProxy)
    await times(50, (index) => guess(index))
    const work = await times(20, () => server.call('alice', behindProxy))
    expect(countOf(work, 404)).to.equal(20)
    expect(limitOf(work[0] as Received)[0]).to.equal(1_000_000)
  })

  it('keeps whoever is not known yet from that address alone', async () => {
    await times(10, (index) => guess(index))
    expect((await server.call('bob', { headers: { 'X-Forwarded-For': '198.51.100.7' } })).status).to.equal(429)
    expect((await server.call('bob', { headers: { 'X-Forwarded-For': '198.51.100.8' } })).status).to.equal(404)
    expect((await server.call('bob', { headers: { 'X-Forwarded-For': '198.51.100.7' } })).status).to.equal(404)
  })

  it('gains nothing by headers that a proxy did not write', async () => {
    await times(10, (index) => guess(index, `203.0.113.${String(index)}, 198.51.100.7`))
    expect((await guess(10, '203.0.113.99, 198.51.100.7')).status).to.equal(429)
    const direct = await aLimitedServer(limits)
    const received = await times(11, (index) =>
      direct.call('guess', { headers: { 'X-Forwarded-For': `203.0.113.${String(index)}` } }),
    )
    expect(countOf(received, 429)).to.equal(1)
    await direct.stop()
  })

  it('is not served for long with a token that was good once', async () => {
    let isGood = true
    const withdrawn = await startServer({
      rateLimits: { unauthenticated: { perMinute: 1, perSecond: 1 } },
      change: (root) => ({
        ...root,
        clock: { ...root.clock, monotonic: () => 0 },
        access: {
          ...root.access,
          authenticator: {
            authenticate: () =>
              isGood ? TE.right({ name: 'operator' }) : TE.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' }),
          },
        },
      }),
    })
    const status = async () => (await ask(withdrawn.url, secrets)).status
    const before = [await status(), await status()]
    isGood = false
    const after = [await status(), await status(), await status()]
    await withdrawn.stop()
    expect([...before, ...after]).to.deep.equal([404, 404, 401, 429, 429])
  })
})
