import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP port on 127.0.0.1 that leads to another address, as if that were far away. */
export interface Distance {
  readonly port: number
  readonly close: () => Promise<void>
}

export interface DistanceOptions {
  readonly host: string
  readonly port: number
  /** What it adds to a question and its answer. The handshake of a connection is not delayed. */
  readonly roundTripMilliseconds: number
}

/** Timers of one duration fire in the order in which they were set, so that bytes stay in theirs. */
const carry = (from: Socket, to: Socket, milliseconds: number): void => {
  from.on('data', (chunk) => void setTimeout(() => to.write(chunk), milliseconds))
  from.on('end', () => void setTimeout(() => to.end(), milliseconds))
  from.on('close', () => void setTimeout(() => to.destroy(), milliseconds))
  // An end that is lost is told to the other side by closing it.
  from.on('error', () => undefined)
}

export const openDistance = async ({ host, port, roundTripMilliseconds }: DistanceOptions): Promise<Distance> => {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ host, port, allowHalfOpen: true, noDelay: true })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    carry(near, far, roundTripMilliseconds / 2)
    carry(far, near, roundTripMilliseconds / 2)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      sockets.forEach((socket) => socket.destroy())
      await closed
    },
  }
}
