import type { RegistryProxy, SecretText } from '@pull-secret/domain'
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici'
import { rememberingConnector } from './connect-failure.ts'
import type { TlsIdentity } from './tls-files.ts'

export interface AgentOptions {
  readonly identity: TlsIdentity
  readonly proxy?: RegistryProxy
  readonly proxyPassword?: SecretText
  readonly connectMilliseconds: number
}

const idleMilliseconds = 30_000

/** Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off. */
const checked = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const

const common = { allowH2: false, keepAliveTimeout: idleMilliseconds, headersTimeout: 0, bodyTimeout: 0 } as const

const proxyAuthorization = ({ username }: RegistryProxy, password: SecretText | undefined): string | undefined =>
  username === undefined && password === undefined
    ? undefined
    : `Basic ${Buffer.from(`${username ?? ''}:${password?.reveal() ?? ''}`).toString('base64')}`

/**
 * All connections through one proxy, by CONNECT, those without TLS as well. A proxy that does not answer, or answers
 * no, passed nothing on.
 */
const openProxyAgent = (
  { identity, proxyPassword, connectMilliseconds }: AgentOptions,
  proxy: RegistryProxy,
): Dispatcher => {
  const token = proxyAuthorization(proxy, proxyPassword)
  return new ProxyAgent({
    ...common,
    uri: proxy.url,
    ...(token === undefined ? {} : { token }),
    proxyTunnel: true,
    connectTimeout: connectMilliseconds,
    proxyTls: checked,
    requestTls: { ...identity, ...checked },
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: connectMilliseconds }),
    factory: (origin, options: Pool.Options) =>
      new Pool(origin, {
        ...options,
        connect: rememberingConnector(options.connect as buildConnector.connector, identity.cert !== undefined),
      }),
  })
}

/** Makes the connections of one client. HTTP/1.1 with keep-alive, TLS 1.2 or newer. */
export const openAgent = (options: AgentOptions): Dispatcher => {
  const { identity, proxy, connectMilliseconds } = options
  if (proxy !== undefined) return openProxyAgent(options, proxy)
  const connect = buildConnector({ ...identity, ...checked, timeout: connectMilliseconds, allowH2: false })
  return new Agent({ ...common, connect: rememberingConnector(connect, identity.cert !== undefined) })
}
