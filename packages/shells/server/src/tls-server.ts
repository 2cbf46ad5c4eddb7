import type { RequestListener, ServerOptions } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import type { ListenerTls, TlsIdentity } from '@pull-secret/composition/server'

const contextOf = (identity: TlsIdentity): SecureContextOptions => ({ ...identity, minVersion: 'TLSv1.2' })

/** A server of HTTP/1.1 over TLS. Every new connection uses the newest pair; those that stand keep theirs. */
export const createTlsServer = (
  tls: ListenerTls,
  options: ServerOptions & { readonly handshakeTimeout: number },
  listener: RequestListener,
): Server => {
  let used = tls.current()
  const server = createServer(
    {
      ...options,
      ...contextOf(used),
      requestCert: tls.demandsCertificate,
      rejectUnauthorized: true,
    },
    listener,
  )
  // Before Node's own listener, which begins the handshake.
  server.prependListener('connection', () => {
    const newest = tls.current()
    if (newest === used) return
    used = newest
    server.setSecureContext(contextOf(newest))
  })
  return server
}
