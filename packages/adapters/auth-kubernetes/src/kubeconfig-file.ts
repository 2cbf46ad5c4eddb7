import { dirname, resolve } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { parse } from 'yaml'
import { ConnectionFault } from './cluster-connection.ts'

/** The current context of a kubeconfig. */
export interface KubeconfigContext {
  readonly text: string
  readonly config: KubeConfig
  readonly server: string
  /** The name that the certificate of the API server has to bear, where it is not that of its address. */
  readonly serverName?: string
  /** Absolute. The client library knows no such field. */
  readonly tokenFile?: string
}

const usersCodec = t.type({
  users: t.array(t.type({ name: t.string, user: t.partial({ tokenFile: t.string }) })),
})

const tokenFileOf = (text: string, userName: string | undefined): string | undefined => {
  const decoded = usersCodec.decode(parse(text))
  return E.isLeft(decoded) ? undefined : decoded.right.users.find(({ name }) => name === userName)?.user.tokenFile
}

type Cluster = NonNullable<ReturnType<KubeConfig['getCurrentCluster']>>
type User = NonNullable<ReturnType<KubeConfig['getCurrentUser']>>

/** What is refused rather than ignored: each would send reviews otherwise than the file says. */
const unusable = (cluster: Cluster, user: User | null): string | undefined => {
  if (cluster.skipTLSVerify) return 'skips the verification of the API server'
  if (!cluster.server.startsWith('https://')) return 'names a server without TLS'
  if (cluster.proxyUrl !== undefined) return 'has a proxy-url, through which no review is sent'
  if (user === null) return 'has no user for its current context'
  if (user.impersonateUser) return 'impersonates a user (as)'
  if (user.authProvider) return 'has an auth-provider; use an exec plugin or a token file'
  if (user.username) return 'has a user name and password, which no API server takes any more'
  return undefined
}

/**
 * Reads a kubeconfig. The library costs half a second and 90 MB to load, so only who names a kubeconfig pays for it.
 *
 * @throws ConnectionFault that names the file and what is wrong with it.
 */
export const readKubeconfig = async (text: string, file: string): Promise<KubeconfigContext> => {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const config = new Config()
  try {
    config.loadFromString(text)
  } catch {
    throw new ConnectionFault(`${file} is no kubeconfig`)
  }
  config.makePathsAbsolute(dirname(file))
  const cluster = config.getCurrentCluster()
  if (cluster === null) throw new ConnectionFault(`${file} has no current context with a cluster`)
  const user = config.getCurrentUser()
  const why = unusable(cluster, user)
  if (why !== undefined) throw new ConnectionFault(`${file} ${why}`)
  const tokenFile = tokenFileOf(text, user?.name)
  return {
    text,
    config,
    server: cluster.server.replace(/\/+$/, ''),
    ...(cluster.tlsServerName === undefined ? {} : { serverName: cluster.tlsServerName }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(dirname(file), tokenFile) }),
  }
}
