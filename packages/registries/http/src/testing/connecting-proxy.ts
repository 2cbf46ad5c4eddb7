import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** What a proxy does with a CONNECT: leads to a port of this machine, answers a status, or says nothing. */
export type ProxyAnswer = { readonly port: number } | { readonly status: number } | 'silence'

export interface ConnectingProxy {
  readonly url: string
  /** Where callers wanted to go, with the authorization that they showed. */
  readonly calls: ReadonlyArray<readonly [target: string, authorization: string | undefined]>
  readonly close: () => Promise<void>
}

/** A proxy on this machine that does what a spec says, whatever host it is asked for. */
export const startConnectingProxy = async (answer: () => ProxyAnswer): Promise<ConnectingProxy> => {
  const calls: Array<readonly [string, string | undefined]> = []
  const sockets = new Set<Socket>()
  const server = createServer((_request, response) => void response.writeHead(405).end())
  const keep = (socket: Socket): void => {
    sockets.add(socket.on('error', () => socket.destroy()))
  }
  server.on('connection', keep)
  server.on('connect', (request: IncomingMessage, caller: Socket) => {
    calls.push([request.url ?? '', request.headers['proxy-authorization']])
    const does = answer()
    if (does === 'silence') return
    if ('status' in does) {
      caller.end(`HTTP/1.1 ${String(does.status)} No\r\n\r\n`)
      return
    }
    const target = connect(does.port, '127.0.0.1', () => {
      caller.write('HTTP/1.1 200 Connected\r\n\r\n')
      caller.pipe(target).pipe(caller)
    })
    keep(target)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    close: async () => {
      sockets.forEach((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}
