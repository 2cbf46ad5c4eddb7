import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** More than any client sends ahead of its answers. */
const mostWaiting = 16

interface Waiting {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

interface Connection {
  underWay: IncomingMessage | undefined
  readonly waiting: Array<Waiting>
  readonly whenAnswered: Array<() => void>
  isFull: boolean
}

export interface Turns {
  readonly listener: RequestListener
  /**
   * Acts when every whole request of the connection is answered; one that is not whole is not waited for, nor begun
   * any more, for its rest will not come.
   */
  readonly whenAnswered: (socket: Duplex, act: () => void) => void
}

/**
 * One request of a connection after the other. Requests sent ahead wait unread, so that one connection never has more
 * than one answer in memory; each begins in its own turn of the event loop, so that other connections have theirs. With
 * too many of them the connection ends after those that it may have.
 */
export const makeTurns = (listener: RequestListener): Turns => {
  const connections = new WeakMap<Duplex, Connection>()

  const connectionOf = (socket: Duplex): Connection => {
    const known = connections.get(socket)
    if (known !== undefined) return known
    const fresh: Connection = { underWay: undefined, waiting: [], whenAnswered: [], isFull: false }
    connections.set(socket, fresh)
    return fresh
  }

  const begin = (connection: Connection, { request, response }: Waiting): void => {
    connection.underWay = request
    response.once('close', () => setImmediate(proceed, connection))
    listener(request, response)
  }

  const proceed = (connection: Connection): void => {
    connection.underWay = undefined
    const next = connection.waiting.shift()
    if (next !== undefined) begin(connection, next)
    else connection.whenAnswered.splice(0).forEach((act) => act())
  }

  const refuseMore = (connection: Connection, request: IncomingMessage): void => {
    connection.isFull = true
    const last = connection.waiting.at(-1)
    if (last !== undefined) last.response.shouldKeepAlive = false
    request.socket.pause()
  }

  return {
    listener: (request, response) => {
      const connection = connectionOf(request.socket)
      if (connection.isFull) return
      if (connection.underWay === undefined) begin(connection, { request, response })
      else if (connection.waiting.length < mostWaiting) connection.waiting.push({ request, response })
      else refuseMore(connection, request)
    },
    whenAnswered: (socket, act) => {
      const { underWay, waiting, whenAnswered } = connectionOf(socket)
      if (waiting.at(-1)?.request.complete === false) waiting.pop()
      const isBroken = underWay?.complete === false
      if (underWay === undefined || isBroken) act()
      else whenAnswered.push(act)
    },
  }
}
