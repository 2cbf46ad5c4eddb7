import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

const lingerMilliseconds = 1000

/**
 * Ends the connection without reading what the client is still sending. It stays half open for a moment: closed at
 * once, the system would take the answer back from a client that has not read it yet.
 */
export const endUnread = (socket: Duplex, lastBytes = ''): void => {
  socket.end(lastBytes)
  socket.pause()
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref()
}

/** Ends the connection after its answer, as `endUnread` does. */
export const closeAfterAnswer = (socket: Socket): void => {
  socket.destroySoon = () => endUnread(socket)
}
