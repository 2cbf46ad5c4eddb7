import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** PEM texts. With `clientAuthority` a caller must show a certificate which that authority signed. */
export interface ListenerTls {
  certificate: string
  key: string
  clientAuthority?: string
}

export interface Listener {
  url: string
  port: number
  close: () => Promise<void>
}

const clientRules = (clientAuthority: string | undefined) =>
  clientAuthority === undefined ? {} : { ca: clientAuthority, requestCert: true, rejectUnauthorized: true }

/** Listens on a port (0: any free one) and rejects when it is taken. */
export const startListener = async ({
  host,
  port,
  tls,
  respond,
}: {
  host: string
  port: number
  tls?: ListenerTls | undefined
  respond: RequestListener
}): Promise<Listener> => {
  const server =
    tls === undefined
      ? createHttpServer(respond)
      : createHttpsServer({ cert: tls.certificate, key: tls.key, ...clientRules(tls.clientAuthority) }, respond)
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address() as AddressInfo
  const shownHost = host.includes(':') ? `[${host}]` : host
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shownHost}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
