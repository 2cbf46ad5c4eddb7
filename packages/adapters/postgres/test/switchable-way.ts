import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** An address that leads to one server, and to another once it is switched. Open connections stay where they are. */
export interface SwitchableWay {
  readonly url: string
  /** To the server that this address is of. */
  readonly leadTo: (url: string) => void
  readonly close: () => void
}

export const openSwitchableWay = async (first: string): Promise<SwitchableWay> => {
  let target = new URL(first)
  const listener = createServer((caller) => {
    const server = connect(Number(target.port), target.hostname)
    caller.pipe(server)
    server.pipe(caller)
    caller.on('error', () => server.destroy()).on('close', () => server.destroy())
    server.on('error', () => caller.destroy()).on('close', () => caller.destroy())
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const way = new URL(first)
  way.port = String((listener.address() as AddressInfo).port)
  return {
    url: way.href,
    leadTo: (url) => {
      target = new URL(url)
    },
    close: () => {
      listener.close()
    },
  }
}
