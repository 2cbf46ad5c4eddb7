// Here and not beside a source file because it plays the whole server.
import { Agent, METHODS, request } from 'node:http'
import type { CallProblem, RegistryAdapter } from '@pull-secret/domain'
import { inMemoryRegistry } from '@pull-secret/in-memory'
import { makePrometheusMeter } from '@pull-secret/telemetry'
import { expect } from 'chai'
import { type AServer, operatorToken, startServer, strangerToken } from './a-server.ts'

const clusters = 10_000
/** Every kind of request comes among so many with every method. */
const firstOnes = 600

const problems: ReadonlyArray<CallProblem> = ['server_error', 'throttled', 'request_refused', 'quota', 'grant_failed']

/** Made by everybody anew: a label with any of it would have a series for each request. */
const clusterIdOf = (place: number): string => `cls-${place.toString(36).padStart(8, '0')}`

/** A vendor who refuses everybody, with another problem each time. */
const contraryRegistry = (): RegistryAdapter<object> => {
  const adapter = inMemoryRegistry('contrary.example')
  let asked = 0
  return {
    ...adapter,
    requiredByDefault: false,
    open: (config, deps) => {
      const opened = adapter.open(config, deps)
      return {
        ...opened,
        client: {
          ...opened.client,
          createCredential: () => () => {
            asked += 1
            return Promise.resolve({
              kind: 'refused',
              problem: problems[asked % problems.length] ?? 'quota',
              firstStep: true,
              // Few enough for the circuit to stay closed.
              retryAfterSeconds: asked,
            })
          },
        },
      }
    },
  }
}

interface Sent {
  readonly method: string
  readonly path: string
  readonly token?: string
  readonly body?: string
}

/** What Node lets through as a method, but for the one that asks for a tunnel. */
const methods = METHODS.filter((method) => method !== 'CONNECT')

const kinds = 12

/** What a stranger may try, and what an adapter sends; its place makes each one new. */
const requestsOf = (place: number): ReadonlyArray<Sent> => {
  const id = clusterIdOf(place)
  const path = `/v1/clusters/${id}/pull-secrets`
  const method = methods[Math.floor(place / kinds) % methods.length] ?? 'GET'
  const hostile: ReadonlyArray<Sent> = [
    { method: 'GET', path: `/v1/clusters/${'%2e%2e/'.repeat(1 + (place % 7))}${id}` },
    { method: 'GET', path: `/${id}/${id}?path=${id}` },
    { method: 'GET', path: `/v1/clusters/NOT-${id}/pull-secrets` },
    { method: 'GET', path: `${path}/%zz${id}` },
    { method: 'GET', path: `//${id}//` },
    { method: 'GET', path: `/v1/registries?registry=${id}` },
    { method, path: `/api/hyperfleet${path}`, token: strangerToken },
    { method: 'GET', path, token: `${strangerToken}-${id}` },
    { method, path: `/${id}`, token: `${strangerToken}-${id}` },
    { method: 'POST', path, body: `{"registries":["${id}"]}` },
    { method: 'POST', path, body: `{"${id}":` },
    { method: 'POST', path: `/v1/jobs/${id}/runs` },
  ]
  const own: ReadonlyArray<Sent> = [
    { method: 'GET', path },
    { method: 'POST', path, body: '{}' },
    { method: 'GET', path },
    { method: 'DELETE', path },
  ]
  const whole = place < firstOnes + 200
  return [
    // In memory a create costs the more the more there are, so that most ids are only read.
    ...(whole ? own : own.slice(0, 1)),
    ...(whole || place % 5 === 0 ? hostile.slice(place % kinds).slice(0, 1) : []),
  ]
}

describe('the series of a scrape', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  let server: AServer
  const statuses = new Set<number>()

  const send = ({ method, path, token = operatorToken, body }: Sent): Promise<void> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url)
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      request({ agent, hostname, port, method, path, headers }, (answer) => {
        statuses.add(answer.statusCode ?? 0)
        answer.resume().once('end', resolve)
      })
        .once('error', reject)
        .end(body)
    })

  const sendAll = async (from: number, to: number): Promise<void> => {
    let next = from
    const work = async (): Promise<void> => {
      for (let place = next++; place < to; place = next++) for (const sent of requestsOf(place)) await send(sent)
    }
    await Promise.all(Array.from({ length: 20 }, work))
  }

  /** Lines with a value, without those of Node, which come and go with its resources. */
  const series = async (): Promise<ReadonlyArray<string>> => {
    const text = await (await fetch(`${server.metricsUrl}/metrics`)).text()
    return text
      .split('\n')
      .filter((line) => line.startsWith('hyperfleet_'))
      .map((line) => line.slice(0, line.lastIndexOf(' ')))
  }

  before(async () => {
    server = await startServer({
      meter: makePrometheusMeter({ component: 'pull-secret-service', version: '1.0.0' }),
      registries: [{ id: 'contrary', adapter: contraryRegistry() }],
    })
  })
  after(async () => {
    agent.destroy()
    await server.stop()
  })

  it('are as many after ten thousand clusters, and whatever strangers try, as after the first ones', async function () {
    this.timeout(60_000)
    await sendAll(0, firstOnes)
    await series()
    const first = await series()
    expect([...statuses]).to.include.members([200, 202, 400, 401, 403, 404, 405])
    expect(first.filter((line) => line.includes('registry="contrary"'))).not.to.deep.equal([])
    await sendAll(firstOnes, clusters)
    const known = new Set(first)
    const last = await series()
    expect(last.filter((line) => !known.has(line))).to.deep.equal([])
    expect([last.length, known.size]).to.deep.equal([first.length, first.length])
    expect(first.join('\n')).not.to.match(/cls-\w/)
    expect(new Set(first.map((line) => /method="([^"]*)"/.exec(line)?.[1])))
      .to.have.property('size')
      .at.most(9)
  })
})
