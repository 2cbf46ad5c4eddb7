import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A port that is listened on. */
export interface Listener {
  readonly url: string
  /** Accepts nothing more; resolves when every connection has ended. */
  readonly close: () => Promise<void>
  /** Ends every connection, whatever is under way on it. */
  readonly destroy: () => void
}

export interface ListenOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly listener: RequestListener
  /** The answer to a client whose bytes are not an HTTP request. */
  readonly answerMalformedRequest: () => string
}

/** Slow clients must not hold connections; proxies in front keep idle ones for a minute. */
const limits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  // Nothing here depends on the host, and Node's refusal would not be a problem document.
  requireHostHeader: false,
}

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

const urlOf = (server: Server): string => {
  const { address, family, port } = server.address() as AddressInfo
  const isEverywhere = address === '0.0.0.0' || address === '::'
  const named = family === 'IPv6' ? `[${address}]` : address
  return `http://${isEverywhere ? 'localhost' : named}:${String(port)}`
}

/** Listens, or rejects with one sentence that says why not. */
export const listen = async ({ host, port, listener, answerMalformedRequest }: ListenOptions): Promise<Listener> => {
  const server = createServer(limits, listener)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code?.startsWith('HPE_') === true && socket.writable) socket.end(answerMalformedRequest())
    else socket.destroy()
  })
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw cannotListen(host, port, error)
  }
  return {
    url: urlOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
    destroy: () => server.closeAllConnections(),
  }
}
