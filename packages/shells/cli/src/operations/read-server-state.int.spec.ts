import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { readServerState } from './read-server-state.ts'

const listening = async (listener: RequestListener): Promise<readonly [Server, string]> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return [server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`]
}

const addressOfNobody = async (): Promise<string> => {
  const [server, url] = await listening(() => undefined)
  await once(server.close(), 'close')
  return url
}

const goesOn = new AbortController().signal

describe('the state of a server', () => {
  let server: Server
  let url: string
  let listener: RequestListener

  before(async () => {
    ;[server, url] = await listening((request, response) => listener(request, response))
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const answering =
    (answers: Readonly<Record<string, readonly [number, string]>>): RequestListener =>
    ({ url: path = '' }, response) => {
      const [status, body] = answers[path] ?? [404, '<h1>canary</h1>']
      response.writeHead(status, status === 302 ? { location: '/v1/health' } : {}).end(body)
    }

  const health = JSON.stringify({ status: 'degraded', components: { database: { status: 'failing' } } })
  const readiness = JSON.stringify({ status: 'not_ready', checks: { database: 'failing' } })

  it('is its readiness, also where it is not ready', async () => {
    listener = answering({ '/readyz': [503, readiness], '/v1/health': [200, health] })
    expect(await readServerState(`${url}/`, goesOn)).to.have.nested.property('body.status', 'not_ready')
  })

  it('is its health where a proxy passes on the API alone', async () => {
    const proxies: ReadonlyArray<Readonly<Record<string, readonly [number, string]>>> = [
      {},
      { '/readyz': [302, ''] },
      { '/readyz': [200, 'OK'] },
    ]
    for (const answers of proxies) {
      listener = answering({ ...answers, '/v1/health': [200, health] })
      const state = await readServerState(url, goesOn)
      expect(state).to.include({ kind: 'health' })
      expect(state).to.have.nested.property('body.status', 'degraded')
      expect(state)
        .to.have.property('reason')
        .that.matches(/^\/readyz answers with status \d+ and not with /)
    }
  })

  it('is unknown where neither can be read, for reasons that repeat nothing foreign', async () => {
    listener = answering({ '/v1/health': [200, '{"status":"canary"}'] })
    expect(await readServerState(url, goesOn)).to.deep.equal({
      kind: 'unknown',
      reason:
        '/readyz answers with status 404 and not with a state of readiness; ' +
        '/v1/health answers with status 200 and not with a state of health',
    })
    const reason = '/readyz cannot be reached (ECONNREFUSED); /v1/health cannot be reached (ECONNREFUSED)'
    expect(await readServerState(await addressOfNobody(), goesOn)).to.deep.equal({ kind: 'unknown', reason })
  })

  it('is not read without an end', async () => {
    const piece = 'x'.repeat(64 * 1024)
    listener = (_request, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(piece)) continue
      }
      response.on('drain', write)
      write()
    }
    expect(await readServerState(url, goesOn))
      .to.have.property('reason')
      .that.includes('/readyz answers with more than 1 MiB')
  })

  it('is left alone once the command is stopped', async () => {
    const stopping = new AbortController()
    listener = () => stopping.abort('SIGINT')
    expect(await readServerState(url, stopping.signal)).to.include({ kind: 'unknown' })
  })
})
