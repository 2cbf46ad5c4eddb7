// Here and not beside a source file because it plays the whole server.
import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ListenerTls } from '@pull-secret/composition/server'
import { expect } from 'chai'
import { type ArrivalLimits, listen } from '../src/listen.ts'
import { makeTurns } from '../src/turns.ts'
import { type AServer, operatorToken, startServer } from './a-server.ts'
import { type ATlsPort, aTlsPort } from './a-tls-port.ts'
import { ask } from './ask.ts'
import { openConnection } from './open-connection.ts'

const open = (url: string): Socket => openConnection(url).socket

const statusesIn = (received: string): ReadonlyArray<string> =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)

const serving = async (listener: RequestListener): Promise<Server> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const probe = 'GET /healthz HTTP/1.1\r\nHost: service\r\n\r\n'
const connecting = 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: service\r\n\r\n'

const turnsOfLoop = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate)
}

/** A connection that has sent more while its first request is still being answered. */
const heldUp = async (more: string, tls: ListenerTls | undefined) => {
  const begun = Promise.withResolvers<ServerResponse>()
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    listener: (_request, response) => begun.resolve(response),
    maxConnections: 10,
    answerMalformed: () => 'HTTP/1.1 400 Bad Request\r\n\r\n',
    tls,
  })
  const { socket, reset } = openConnection(listening.url)
  socket.write(probe)
  const response = await begun.promise
  socket.write(more)
  await turnsOfLoop()
  return { listening, socket, reset, response }
}

const keepsItsConnections = (isTls: boolean): void => {
  let port: ATlsPort | undefined
  let server: AServer
  before(async () => {
    port = isTls ? await aTlsPort() : undefined
    server = await startServer({ tls: port?.tls })
  })
  after(async () => {
    await server.stop()
    port?.close()
  })

  const sent = async (...parts: ReadonlyArray<string>): Promise<string> => {
    const socket = open(server.url)
    parts.forEach((part) => socket.write(part))
    return text(socket)
  }

  const generateFor = (clusterId: string, ...headers: ReadonlyArray<string>): string =>
    [
      `POST /v1/clusters/${clusterId}/pull-secrets HTTP/1.1`,
      `Authorization: Bearer ${operatorToken}`,
      ...headers,
      '\r\n',
    ].join('\r\n')

  it('gets the answers to what it sent before CONNECT, and only then the refusal', async () => {
    const empty = 'Content-Length: 0'
    for (const received of [
      await sent(generateFor('cls-connect1', empty) + connecting),
      await sent(generateFor('cls-connect2', empty), connecting),
      await sent(generateFor('cls-connect3', empty) + probe + connecting + probe),
    ]) {
      expect(statusesIn(received).at(-1)).to.equal('405')
      expect(new Set(statusesIn(received).slice(0, -1))).to.deep.equal(new Set(['200']))
      expect(received).to.match(/dockerconfigjson[^]*application\/problem\+json/)
    }
  })

  it('gets its refusal after an answer that takes long', async () => {
    for (const refused of [connecting, 'garbage\r\n\r\n']) {
      const { listening, socket, response } = await heldUp(refused, port?.tls)
      response.end()
      expect(statusesIn(await text(socket)), refused).to.deep.equal(['200', '400'])
      await listening.close()
    }
  })

  it('that is reset before its refusal harms nobody else', async () => {
    for (const refused of [connecting, 'garbage\r\n\r\n']) {
      const { listening, reset, response } = await heldUp(refused, port?.tls)
      reset()
      await turnsOfLoop()
      response.end()
      await listening.close()
    }
  })

  it('is told that a body is broken as soon as the requests before it are answered', async () => {
    const bad = generateFor('cls-broken1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')
    const received = await sent(`${generateFor('cls-whole01', 'Content-Length: 0')}${bad}ZZ\r\n`)
    expect(statusesIn(received)).to.deep.equal(['200', '400'])
    expect(received).to.match(/dockerconfigjson[^]*application\/problem\+json/)
  })

  it('that ends in the middle of a request is told so', async () => {
    const socket = open(server.url)
    socket.end('GET /healthz HTTP/1.1\r\nHost:')
    expect(await text(socket)).to.match(/^HTTP\/1\.1 400 [^]*application\/problem\+json/)
  })

  it('gets the answers to what it sent before garbage, and only then the refusal of the garbage', async () => {
    const generate = generateFor('cls-garbage', 'Content-Length: 0')
    const received = await sent(`${generate}${probe}garbage\r\n\r\n`)
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

  it('that is idle makes room when there are too many, and one that is used stays', async () => {
    const crowded = await startServer({ server: { maxConnections: 3 }, tls: port?.tls })
    const [used, ...idle] = [open(crowded.url), open(crowded.url), open(crowded.url)] as const
    const body = generateFor('cls-crowd01', 'Content-Type: application/json', 'Content-Length: 2')
    used.write(`${body}{`)
    idle.forEach((socket) => socket.write(probe))
    await Promise.all(idle.map((socket) => once(socket, 'data')))
    const ended = Promise.all(idle.map((socket) => once(socket, 'close')))
    expect(await text(open(crowded.url))).to.equal('')
    await ended
    expect((await ask(crowded.url, '/healthz')).status).to.equal(200)
    used.write('}')
    expect(statusesIn(String(await once(used, 'data')))).to.deep.equal(['200'])
    used.destroy()
    await crowded.stop()
  })

  const soon = { handshakeMilliseconds: 0, headersMilliseconds: 0, requestMilliseconds: 0, checkMilliseconds: 10 }
  const bytesWithin = async (arrival: ArrivalLimits, bytes: string): Promise<string> => {
    const impatient = await startServer({ arrival, tls: port?.tls })
    const socket = open(impatient.url)
    socket.write(bytes)
    const received = await text(socket)
    expect(impatient.vendor.credentials.size).to.equal(0)
    await impatient.stop()
    return received
  }

  it('that does not bring its headers in time is told so', async () => {
    const received = await bytesWithin({ ...soon, headersMilliseconds: 100 }, 'GET /healthz HTTP/1.1\r\nHost:')
    expect(received).to.match(/^HTTP\/1\.1 408 [^]*application\/problem\+json/)
  })

  it('that does not bring its body in time is told so', async () => {
    const half = `${generateFor('cls-slow001', 'Content-Type: application/json', 'Content-Length: 2')}{`
    const received = await bytesWithin({ ...soon, requestMilliseconds: 100 }, half)
    expect(statusesIn(received)).to.deep.equal(['408'])
    expect(received).to.include('application/problem+json')
  })

  it('is counted and logged where it brings no request, without what it brought', async () => {
    await sent('canary-of-garbage\r\n\r\n')
    expect(server.metrics.join('\n')).to.match(/"?other"?[^]*unmatched/)
    expect(JSON.stringify(server.lines)).to.include('refused what is no request').and.not.to.include('canary-of')
  })
}

describe('a connection', () => keepsItsConnections(false))

describe('a connection over TLS', () => keepsItsConnections(true))

describe('a connection of any kind', () => {
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
    await turnsOfLoop()
    expect(begun).to.equal(1)
    socket.destroy()
    bulky.closeAllConnections()
    bulky.close()
  })

  it('may name its JSON with parameters that change nothing, and with no other charset', async () => {
    const server = await startServer()
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
      'application/json ; ; charset=utf-8;',
      'application/json;profile="a;charset=latin1"',
      'application/json;profile="a\\";charset=latin1"',
      'application/json; charset=us-ascii',
      'application/json; Charset="utf\\-8"',
    ])
      expect(await statusOf(type), type).to.equal(200)
    for (const type of [
      'application/json; charset=latin1',
      'application/json; charset="latin1"',
      'application/json; charset=utf-8; charset=utf-8',
      'application/json; charset=utf-8; CHARSET=latin1',
      'application/json; profile="a\\";charset=utf-8',
      'application/json; charset=',
      'application/json; charset = utf-8',
      'application/json, application/json',
      'application/jsonp',
      'text/json',
      'application/json-patch',
    ])
      expect(await statusOf(type), type).to.equal(415)
    await server.stop()
  })
})
