// Here and not beside a source file because it plays the whole server.
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import type { CertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { type AServer, type Given, startServer } from './a-server.ts'
import { anAuthority, type ATlsPort, aTlsPort } from './a-tls-port.ts'
import { ask } from './ask.ts'

const probe = 'GET /healthz HTTP/1.1\r\nHost: service\r\nConnection: close\r\n\r\n'
const aSecond = 1000
const anyTime = { handshakeMilliseconds: 0, headersMilliseconds: 0, requestMilliseconds: 0, checkMilliseconds: 10 }

const trusting = ({ identity }: CertificateAuthority): ConnectionOptions => ({ ca: identity.certificate })

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

describe('a port with TLS', () => {
  let port: ATlsPort
  let server: AServer
  let clients: CertificateAuthority
  before(async () => {
    clients = await anAuthority()
  })
  const start = async (options: Parameters<typeof aTlsPort>[0] = {}, given: Given = {}): Promise<void> => {
    port = await aTlsPort(options)
    server = await startServer({ ...given, tls: port.tls })
  }
  afterEach(async () => {
    await server.stop()
    port.close()
  })

  const open = (): Socket => {
    const { hostname, port: number } = new URL(server.url)
    return connect(Number(number), hostname)
  }
  const handshake = (options: ConnectionOptions): TLSSocket => connectTls({ socket: open(), ...options })
  const shaken = async (options: ConnectionOptions): Promise<string> => {
    const socket = handshake(options)
    try {
      await once(socket, 'secureConnect')
      return 'secure'
    } catch (error) {
      return codeOf(error)
    } finally {
      socket.destroy()
    }
  }
  /** What the server answers, or what the client was told in its place. */
  const answerTo = async (options: ConnectionOptions): Promise<string> => {
    const socket = handshake({ ...trusting(port.authority), ...options })
    socket.write(probe)
    try {
      return /^HTTP\/1.1 \d+/.exec(await text(socket))?.[0] ?? 'closed'
    } catch (error) {
      return codeOf(error)
    }
  }
  const replaceBy = async (authority: CertificateAuthority): Promise<void> => {
    port.write(await authority.issueServer())
    port.pass(aSecond)
  }

  it('is the one of the API, and the port of the metrics stays plain', async () => {
    await start()
    expect([new URL(server.url).protocol, new URL(server.metricsUrl).protocol]).to.deep.equal(['https:', 'http:'])
    const received = await ask(server.url, '/healthz', { tls: trusting(port.authority) })
    expect(received.status).to.equal(200)
    expect((await ask(server.metricsUrl, '/metrics', { port: 'metrics' })).status).to.equal(200)
    const stranger = await ask(server.url, '/healthz', { tls: trusting(clients) }).catch(codeOf)
    expect(stranger).to.equal('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  it('takes one request after the other on a connection', async () => {
    await start()
    const agent = new Agent({ ...trusting(port.authority), keepAlive: true, maxSockets: 1 })
    const reused: Array<boolean> = []
    for (let times = 0; times < 3; times += 1) {
      const sent = request(`${server.url}/healthz`, { agent })
      sent.end()
      const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream]
      await text(response)
      reused.push(sent.reusedSocket)
    }
    agent.destroy()
    expect(reused).to.deep.equal([false, true, true])
  })

  it('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    await start()
    const only = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> =>
      shaken({
        ...trusting(port.authority),
        minVersion: version,
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      })
    const versions = async () => [await only('TLSv1.3'), await only('TLSv1.2'), await only('TLSv1.1')]
    const refused = 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'
    expect(await versions()).to.deep.equal(['secure', 'secure', refused])
    await replaceBy(port.authority)
    expect(await versions()).to.deep.equal(['secure', 'secure', refused])
  })

  it('closes a connection that speaks plain HTTP, and answers it nothing', async () => {
    await start()
    const socket = open()
    socket.write(probe)
    expect(await text(socket)).not.to.include('HTTP')
    expect(await answerTo({})).to.equal('HTTP/1.1 200')
  })

  it('gives new connections a new pair, and leaves those that stand alone', async () => {
    await start()
    const standing = handshake(trusting(port.authority))
    await once(standing, 'secureConnect')
    await replaceBy(clients)
    expect(await shaken(trusting(clients))).to.equal('secure')
    expect(await shaken(trusting(port.authority))).to.equal('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    standing.write(probe)
    expect(await text(standing)).to.match(/^HTTP\/1.1 200/)
    expect(port.problems).to.deep.equal([])
  })

  it('looks at its files at most once a second', async () => {
    await start()
    port.write(await clients.issueServer())
    port.pass(aSecond - 1)
    expect(await shaken(trusting(port.authority))).to.equal('secure')
    port.pass(1)
    expect(await shaken(trusting(clients))).to.equal('secure')
  })

  it('keeps its pair where the new one is broken or half there, and says so once', async () => {
    await start()
    const { certFile, keyFile } = port.files
    const { certificate, key } = await clients.issueServer()
    port.write({ certificate })
    for (let times = 0; times < 3; times += 1) {
      port.pass(aSecond)
      expect(await shaken(trusting(port.authority))).to.equal('secure')
    }
    const mismatched = `error TLS files: ${keyFile} does not belong to the certificate in ${certFile}`
    expect(port.problems).to.deep.equal([mismatched])
    port.write({ certificate: certificate.slice(0, 100) })
    port.pass(aSecond)
    expect(await shaken(trusting(port.authority))).to.equal('secure')
    expect(port.problems).to.deep.equal([mismatched, `error TLS files: ${certFile} holds no certificate`])
    port.write({ certificate, key })
    port.pass(aSecond)
    expect(await shaken(trusting(clients))).to.equal('secure')
    expect(port.problems).to.have.length(2)
  })

  it('that names an authority of clients serves nobody else', async () => {
    await start({ clients })
    const { certificate: cert, key } = await clients.issueClient('gcp-adapter')
    const foreign = await (await anAuthority()).issueClient('gcp-adapter')
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      expect(await answerTo({ maxVersion, cert, key }), maxVersion).to.equal('HTTP/1.1 200')
      expect(await answerTo({ maxVersion }), maxVersion).not.to.include('HTTP')
      const other = { cert: foreign.certificate, key: foreign.key }
      expect(await answerTo({ maxVersion, ...other }), maxVersion).not.to.include('HTTP')
    }
  })

  it('forgets whom it let in when the authority of clients is replaced', async () => {
    await start({ clients })
    const { certificate: cert, key } = await clients.issueClient('gcp-adapter')
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const former = port.files.clientCaFile
      writeFileSync(former, clients.identity.certificate)
      port.pass(aSecond)
      let session: Buffer | undefined
      const first = handshake({ ...trusting(port.authority), maxVersion, cert, key })
      first.on('session', (ticket: Buffer) => {
        session = ticket
      })
      first.write(probe)
      await text(first)
      expect(session, maxVersion).not.to.equal(undefined)
      expect(await answerTo({ maxVersion, cert, key, session }), maxVersion).to.equal('HTTP/1.1 200')
      writeFileSync(former, (await anAuthority()).identity.certificate)
      port.pass(aSecond)
      expect(await answerTo({ maxVersion, cert, key, session }), maxVersion).not.to.include('HTTP')
    }
  })

  it('ends a handshake that does not come to its end', async () => {
    await start({}, { arrival: { ...anyTime, handshakeMilliseconds: 100 } })
    expect(await text(open())).to.equal('')
  })

  it('stops in time, whoever has not shaken hands', async () => {
    await start({}, { server: { shutdownSeconds: 0.05 }, arrival: anyTime })
    const socket = open()
    const ended = text(socket)
    await once(socket, 'connect')
    await answerTo({})
    await server.stop()
    expect(await ended).to.equal('')
  })
})
