import * as E from 'fp-ts/lib/Either.js'
import type { EffectiveConfig } from './effective-config.ts'
import { type ListenerTls, type ListenerTlsDeps, openListenerTls } from './open-listener-tls.ts'
import type { StartFault } from './start-fault.ts'

const unprotected = ({ mode }: EffectiveConfig['deployment']): StartFault => ({
  field: 'server.tls.cert_file',
  message:
    `a ${mode} deployment that speaks plain HTTP shows tokens and pull secrets to the network: ` +
    'set server.tls, or set server.plain_http to true where something in front ends TLS',
})

/** The TLS side of the API port, absent where it may do without and does, or why the port must not be opened. */
export const openConfiguredListener = async (
  { deployment, server }: Pick<EffectiveConfig, 'deployment' | 'server'>,
  deps: ListenerTlsDeps,
): Promise<E.Either<ReadonlyArray<StartFault>, ListenerTls | undefined>> => {
  if (server.tls !== undefined) return openListenerTls(server.tls, deps)
  return server.plainHttp ? E.right(undefined) : E.left([unprotected(deployment)])
}
