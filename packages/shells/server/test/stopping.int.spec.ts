// Here and not beside a source file because it plays the whole server while it stops.
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect } from 'chai'
import { type Given, operatorToken, startServer, strangerToken } from './a-server.ts'
import { type ATlsPort, aTlsPort } from './a-tls-port.ts'
import { ask } from './ask.ts'
import { openConnection } from './open-connection.ts'

const path = '/v1/clusters/cls-abc123/pull-secrets'

/** A server whose generates wait until they are let go. */
const aHeldServer = async (given: Given = {}) => {
  const held: Array<() => void> = []
  const finished: Array<string> = []
  const entered: Array<() => void> = []
  const server = await startServer({
    ...given,
    change: (root) => ({
      ...root,
      useCases: {
        ...root.useCases,
        generate: (command) => async () => {
          entered.shift()?.()
          await new Promise<void>((resolve) => held.push(resolve))
          const result = await root.useCases.generate(command)()
          finished.push(command.clusterId)
          return result
        },
      },
    }),
  })
  const isEntered = (): Promise<void> => new Promise((resolve) => entered.push(resolve))
  return { server, finished, isEntered, release: () => held.forEach((resolve) => resolve()) }
}

/** Past its handshake, where there is one. */
const connected = async (url: string): Promise<Socket> => {
  const { socket } = openConnection(url)
  await once(socket, url.startsWith('https:') ? 'secureConnect' : 'connect')
  return socket
}

const answerOn = async (socket: Socket, head: string): Promise<string> => {
  const chunks: Array<Buffer> = []
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk))
  socket.write(head)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

const stopsInOrder = (isTls: boolean): void => {
  let port: ATlsPort | undefined
  before(async () => {
    port = isTls ? await aTlsPort() : undefined
  })
  after(() => port?.close())

  it('finishes what it began, and takes nothing more', async () => {
    const { server, isEntered, release } = await aHeldServer({ tls: port?.tls })
    const isGenerating = isEntered()
    const generating = ask(server.url, path, { method: 'POST' })
    await isGenerating
    const early = await connected(server.url)
    early.write('GET /readyz HTTP/1.1\r\n')

    const stopped = server.stop()
    const unready = await answerOn(early, 'Host: x\r\n\r\n')
    expect(unready)
      .to.match(/^HTTP\/1.1 503 /)
      .and.to.include('"accepting_requests":"failing"')
      .and.to.include('Connection: close')
    expect(await ask(server.url, '/readyz').catch((error: unknown) => error)).to.have.property('code', 'ECONNREFUSED')
    release()
    const generated = await generating
    expect([generated.status, generated.headers.connection]).to.deep.equal([200, 'close'])
    await stopped
    await server.stop()
  })

  it('asks to come again whoever still speaks on an open connection', async () => {
    const { server, isEntered, release } = await aHeldServer({ tls: port?.tls })
    const isGenerating = isEntered()
    const generating = ask(server.url, path, { method: 'POST' })
    await isGenerating
    const early = await connected(server.url)
    early.write(`GET ${path} HTTP/1.1\r\n`)
    const stopped = server.stop()
    const refused = await answerOn(early, `Authorization: Bearer ${operatorToken}\r\n\r\n`)
    expect(refused)
      .to.match(/^HTTP\/1.1 503 /)
      .and.to.include('Retry-After: 1')
      .and.to.include('HYPERFLEET-SVC-001')
    release()
    await Promise.all([generating, stopped])
  })

  it('tells whoever still speaks of the limit, and refuses who is beyond it, as at any other time', async () => {
    const { server, isEntered, release } = await aHeldServer({
      rateLimits: { standard: { perMinute: 2, perSecond: 2 } },
      tls: port?.tls,
    })
    const isGenerating = isEntered()
    const generating = ask(server.url, path, { method: 'POST' })
    await isGenerating
    const early = [await connected(server.url), await connected(server.url)]
    early.forEach((socket) => socket.write(`GET ${path} HTTP/1.1\r\n`))
    const stopped = server.stop()
    const answers: Array<string> = []
    for (const socket of early) answers.push(await answerOn(socket, `Authorization: Bearer ${operatorToken}\r\n\r\n`))
    for (const [answer, status] of [
      [answers[0], 503],
      [answers[1], 429],
    ] as const)
      expect(answer)
        .to.match(new RegExp(`^HTTP/1.1 ${String(status)} `))
        .and.to.match(/^Retry-After: \d+\r$/m)
        .and.to.match(/^X-RateLimit-Limit: 2\r$/m)
        .and.to.match(/^X-RateLimit-Remaining: 0\r$/m)
        .and.to.match(/^X-RateLimit-Reset: \d+\r$/m)
    release()
    await Promise.all([generating, stopped])
  })

  it('writes refused requests to the audit before it ends', async () => {
    const { server } = await aHeldServer({ tls: port?.tls })
    for (const method of ['GET', 'GET', 'DELETE'] as const)
      await ask(server.url, path, { method, token: strangerToken })
    await server.stop()
    expect(server.refused.map(({ caller, request: { verb } }) => [caller.name, verb])).to.deep.equal([
      ['stranger', 'get'],
      ['stranger', 'get'],
      ['stranger', 'delete'],
    ])
  })

  it('gives up on what does not finish in time', async () => {
    const { server, isEntered } = await aHeldServer({ server: { shutdownSeconds: 0.05 }, tls: port?.tls })
    const isGenerating = isEntered()
    const generating = ask(server.url, path, { method: 'POST' }).catch((error: unknown) => error)
    await isGenerating
    await server.stop()
    expect(await generating).to.have.property('code', 'ECONNRESET')
    expect(server.lines.map(({ message }) => message)).to.include(
      'shutdown timed out before every request was answered',
    )
  })
}

describe('a server that is stopped', () => stopsInOrder(false))

describe('a server of TLS that is stopped', () => stopsInOrder(true))

describe('a client that goes away', () => {
  it('stops nothing that it began', async () => {
    const { server, finished, isEntered, release } = await aHeldServer()
    const isGenerating = isEntered()
    const sent = request(server.url + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${operatorToken}` },
      agent: false,
    })
    const isGone = new Promise((resolve) => sent.once('close', resolve))
    sent.once('error', () => undefined)
    sent.end()
    await isGenerating
    sent.destroy()
    await isGone
    const stopped = server.stop()
    for (let times = 0; times < 5; times += 1)
      expect((await ask(server.metricsUrl, '/metrics', { port: 'metrics' })).status).to.equal(200)
    release()
    await stopped
    expect(finished).to.deep.equal(['cls-abc123'])
    expect(server.lines.map(({ level }) => level)).not.to.include('error')
  })

  it('in the middle of its body harms nobody', async () => {
    const server = await startServer()
    const socket = await connected(server.url)
    socket.write(
      [
        `POST ${path} HTTP/1.1`,
        `Authorization: Bearer ${operatorToken}`,
        'Content-Type: application/json',
        'Content-Length: 100',
        '',
        '{"region',
      ].join('\r\n'),
    )
    socket.resume().end()
    await once(socket, 'close')
    expect((await ask(server.url, path)).status).to.equal(404)
    await server.stop()
    expect(server.vendor.credentials.size).to.equal(0)
  })
})

describe('a port that is taken', () => {
  it('is told in one sentence, and leaves the other port free', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    for (const taken of [{ port }, { metricsPort: port }]) {
      const error = await startServer({ server: taken }).catch((reason: unknown) => reason)
      expect(error).to.have.property(
        'message',
        `cannot listen on 127.0.0.1:${String(port)}: the port is already in use`,
      )
    }
    other.close()
  })
})
