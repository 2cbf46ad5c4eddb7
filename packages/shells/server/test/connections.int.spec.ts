// Here and not beside a source file because it plays the whole server.
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { errorOfParser } from '../src/malformed-request.ts'
import { makeTurns } from '../src/turns.ts'
import { type AServer, operatorToken, startServer } from './a-server.ts'
import { ask } from './ask.ts'

const open = (url: string): Socket => {
  const { hostname, port } = new URL(url)
  return connect(Number(port), hostname).on('error', () => undefined)
}

const statusesIn = (received: string): ReadonlyArray<string> =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)

const serving = async (listener: RequestListener): Promise<Server> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const probe = 'GET /healthz HTTP/1.1\r\nHost: service\r\n\r\n'

describe('a connection', () => {
  let server: AServer
  before(async () => {
    server = await startServer()
  })
  after(() => server.stop())

  const sent = async (...parts: ReadonlyArray<string>): Promise<string> => {
    const socket = open(server.url)
    parts.forEach((part) => socket.write(part))
    return text(socket)
  }

  it('gets the answers to what it sent before garbage, and only then the refusal of the garbage', async () => {
    const generate = [
      'POST /v1/clusters/cls-garbage/pull-secrets HTTP/1.1',
      `Authorization: Bearer ${operatorToken}`,
      'Content-Length: 0',
    ].join('\r\n')
    const received = await sent(`${generate}\r\n\r\n${probe}garbage\r\n\r\n`)
    expect(statusesIn(received)).to.deep.equal(['200', '200', '400'])
    expect(received).to.match(/dockerconfigjson[^]*application\/problem\+json/)
  })

  it('is answered so many requests that it sent ahead, and closed', async () => {
    const statuses = statusesIn(await sent(probe.repeat(5000)))
    expect(statuses).to.have.length.within(2, 20)
    expect(new Set(statuses)).to.deep.equal(new Set(['200']))
  })

  it('is not read on once its body is refused', async () => {
    const socket = open(server.url)
    const chunk = Buffer.alloc(65_536, 'x')
    socket.write(
      `POST /v1/clusters/cls-abc123/pull-secrets HTTP/1.1\r\nAuthorization: Bearer ${operatorToken}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    let received = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      received += part
    })
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        socket.once('drain', resolve).once('close', resolve)
      })
    let written = 0
    while (!socket.destroyed && written < 256 * 1024 * 1024) {
      const isTaken = [Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')].map((bytes) => socket.write(bytes))
      written += chunk.length
      if (isTaken.includes(false)) await next()
    }
    expect(statusesIn(received)).to.deep.equal(['413'])
    expect(written).to.be.lessThan(64 * 1024 * 1024)
  })

  it('does not keep another one waiting by what it sends ahead', async () => {
    const begun: Array<string> = []
    const { listener } = makeTurns(({ url = '' }, response) => {
      begun.push(url)
      if (begun.length === 1) other.write('GET /other HTTP/1.1\r\nHost: service\r\n\r\n')
      response.end()
    })
    const served = await serving(listener)
    const other = connect((served.address() as AddressInfo).port, '127.0.0.1')
    await once(other, 'connect')
    const socket = connect((served.address() as AddressInfo).port, '127.0.0.1')
    socket.write(probe.repeat(17))
    await once(other, 'data')
    expect(begun.indexOf('/other')).to.be.lessThan(17)
    expect(begun).to.have.length.lessThan(18)
    socket.destroy()
    other.destroy()
    served.close()
  })

  it('of the metrics port is one of at most 100', async () => {
    const spacious = await startServer({ server: { maxConnections: 1000 } })
    const taken = Array.from({ length: 100 }, () => open(spacious.metricsUrl))
    await Promise.all(taken.map((socket) => once(socket, 'connect')))
    expect(await text(open(spacious.metricsUrl))).to.equal('')
    taken.forEach((socket) => socket.destroy())
    await spacious.stop()
  })

  it('keeps one answer in memory, however many it asks for and does not read', async () => {
    let begun = 0
    const { listener } = makeTurns((_request, response) => {
      begun += 1
      response.end(Buffer.alloc(16 * 1024 * 1024))
    })
    const bulky = await serving(listener)
    const socket = connect((bulky.address() as AddressInfo).port, '127.0.0.1').pause()
    socket.write(probe.repeat(12))
    while (begun === 0) await new Promise(setImmediate)
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate)
    expect(begun).to.equal(1)
    socket.destroy()
    bulky.closeAllConnections()
    bulky.close()
  })

  it('that brings no whole request in time is told so', () => {
    expect(errorOfParser(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }))).to.deep.equal({
      code: 'REQUEST_TIMEOUT',
    })
  })

  it('is counted and logged where it brings no request, without what it brought', async () => {
    await sent('canary-of-garbage\r\n\r\n')
    expect(server.metrics.join('\n')).to.match(/"?other"?[^]*unmatched/)
    expect(JSON.stringify(server.lines)).to.include('refused what is no request').and.not.to.include('canary-of')
  })

  it('may name its JSON with parameters that change nothing, and with no other charset', async () => {
    const statusOf = async (type: string): Promise<number> =>
      (
        await ask(server.url, '/v1/clusters/cls-typed01/pull-secrets', {
          method: 'POST',
          headers: { 'Content-Type': type },
          body: '{}',
        })
      ).status
    for (const type of [
      'application/json; charset=utf8',
      'application/json;charset="UTF-8"',
      'Application/JSON; profile=x',
      'application/json;',
    ])
      expect(await statusOf(type), type).to.equal(200)
    for (const type of ['application/json; charset=latin1', 'application/jsonp', 'text/json', 'application/json-patch'])
      expect(await statusOf(type), type).to.equal(415)
  })
})
