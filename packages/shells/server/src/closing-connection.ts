import type { Socket } from 'node:net'

const lingerMilliseconds = 1000

/**
 * Ends the connection after its answer without reading what the client is still sending. It stays half open for a
 * moment: closed at once, the system would take the answer back from a client that has not read it yet.
 */
export const closeAfterAnswer = (socket: Socket): void => {
  socket.destroySoon = () => {
    socket.end()
    socket.pause()
    setTimeout(() => socket.destroy(), lingerMilliseconds).unref()
  }
}
