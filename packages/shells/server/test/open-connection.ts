import { connect, type Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions } from 'node:tls'

/** The bytes below HTTP. */
export interface Connection {
  /** For the bytes of HTTP, whatever is below them. */
  readonly socket: Socket
  /** Ends the connection with a reset. */
  readonly reset: () => void
}

/** A connection to a port, over TLS where its address says so. Specs of TLS itself name whom they trust. */
export const openConnection = (url: string, tls: ConnectionOptions = { rejectUnauthorized: false }): Connection => {
  const { protocol, hostname, port } = new URL(url)
  const below = connect(Number(port), hostname)
  const socket = protocol === 'https:' ? connectTls({ socket: below, ...tls }) : below
  below.on('error', () => undefined)
  socket.on('error', () => undefined)
  return { socket, reset: () => void below.resetAndDestroy() }
}
