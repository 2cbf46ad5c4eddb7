import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ListenerTls } from '@pull-secret/composition/server'
import type { AnsweredError } from '@pull-secret/wire'
import { endUnread } from './closing-connection.ts'
import { connectRefused, errorOfParser, type ParserError } from './malformed-request.ts'
import { createTlsServer } from './tls-server.ts'
import { makeTurns } from './turns.ts'

/** A port that is listened on. */
export interface Listener {
  readonly url: string
  /** Accepts nothing more; resolves when every connection has ended. */
  readonly close: () => Promise<void>
  /** Ends every connection, whatever is under way on it. */
  readonly destroy: () => void
}

/** How long a client may take to send a request. */
export interface ArrivalLimits {
  /** Of TLS; 0: any time. */
  readonly handshakeMilliseconds: number
  /** 0: any time. */
  readonly headersMilliseconds: number
  /** For the whole request; 0: any time. */
  readonly requestMilliseconds: number
  /** How often both are looked at. */
  readonly checkMilliseconds: number
}

export interface ListenOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly listener: RequestListener
  /** Connections beyond this are not accepted; the first that is not ends the idle ones, so that others get in. */
  readonly maxConnections: number
  /** The whole answer to a client whose bytes are no request that could be answered; it is counted there. */
  readonly answerMalformed: (error: AnsweredError) => string
  readonly arrival?: ArrivalLimits
  /** Absent: plain HTTP. */
  readonly tls?: ListenerTls
}

/** Slow clients must not hold connections. */
const arrivalLimits: ArrivalLimits = {
  handshakeMilliseconds: 10_000,
  headersMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  checkMilliseconds: 5_000,
}

const serverOptions = (arrival: ArrivalLimits): ServerOptions => ({
  headersTimeout: arrival.headersMilliseconds,
  requestTimeout: arrival.requestMilliseconds,
  connectionsCheckingInterval: arrival.checkMilliseconds,
  // Proxies in front keep idle connections for a minute.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Nothing here depends on the host, and Node's refusal would not be a problem document.
  requireHostHeader: false,
})

/** A client that takes nothing of its answer for so long, or sends nothing, is gone. Longer than any answer takes. */
const silenceMilliseconds = 60_000

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is already in use',
  EACCES: 'this user lacks the permission to open the port',
  EADDRNOTAVAIL: 'the host is not an address of this machine',
  ENOTFOUND: 'the host is unknown',
}

const cannotListen = (host: string, port: number, error: unknown): Error => {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException
  return new Error(`cannot listen on ${host}:${String(port)}: ${reasons[code] ?? code}`)
}

const urlOf = (server: Server, scheme: 'http' | 'https'): string => {
  const { address, family, port } = server.address() as AddressInfo
  const isEverywhere = address === '0.0.0.0' || address === '::'
  const named = family === 'IPv6' ? `[${address}]` : address
  return `${scheme}://${isEverywhere ? 'localhost' : named}:${String(port)}`
}

/** Listens, or rejects with one sentence that says why not. */
export const listen = async ({
  host,
  port,
  listener,
  maxConnections,
  answerMalformed,
  arrival = arrivalLimits,
  tls,
}: ListenOptions): Promise<Listener> => {
  const turns = makeTurns(listener)
  const options = serverOptions(arrival)
  const server: Server =
    tls === undefined
      ? createServer(options, turns.listener)
      : createTlsServer(tls, { ...options, handshakeTimeout: arrival.handshakeMilliseconds }, turns.listener)
  const connections = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  server.maxConnections = maxConnections
  server.timeout = silenceMilliseconds
  // Who holds connections without using them must not lock others out, probes above all.
  server.on('drop', () => server.closeIdleConnections())
  const refuse = (socket: Duplex, error: AnsweredError): void => {
    if (!socket.writable) socket.destroy()
    else endUnread(socket, answerMalformed(error))
  }
  // Earlier requests of the connection may have been executed: the answers to them are theirs, not this refusal.
  const refuseAfterAnswers = (socket: Duplex, error: AnsweredError): void => {
    socket.pause()
    turns.whenAnswered(socket, () => refuse(socket, error))
  }
  server.on('clientError', (error: ParserError, socket) => {
    const isAnswerable = error.code?.startsWith('HPE_') === true || error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    if (isAnswerable) refuseAfterAnswers(socket, errorOfParser(error))
    else socket.destroy()
  })
  server.on('connect', (_request, socket) => {
    // Node no longer listens to a connection that it hands over.
    socket.on('error', () => socket.destroy()).on('timeout', () => socket.destroy())
    refuseAfterAnswers(socket, connectRefused)
  })
  // An expectation may be ignored (RFC 9110, 10.1.1), and the answer to the request says more than Node's bare 417.
  server.on('checkExpectation', turns.listener)
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw cannotListen(host, port, error)
  }
  return {
    url: urlOf(server, tls === undefined ? 'http' : 'https'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
    destroy: () => {
      server.closeAllConnections()
      // Node knows nothing yet of those that are still shaking hands.
      connections.forEach((socket) => socket.destroy())
    },
  }
}
