import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { Agent, type Dispatcher } from 'undici'
import { type ClusterConnection, ConnectionFault } from './cluster-connection.ts'
import { makeFollowedFile } from './followed-file.ts'

export interface KubeconfigOptions {
  readonly file: string
  readonly monotonic: () => number
}

const connectMilliseconds = 1500

interface Loaded {
  readonly text: string
  readonly config: KubeConfig
  readonly server: string
}

/** The library costs half a second and 90 MB to load, so only who names a kubeconfig pays for it. */
const load = async (text: string, file: string): Promise<Loaded> => {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const config = new Config()
  try {
    config.loadFromString(text)
  } catch {
    throw new ConnectionFault(`${file} is no kubeconfig`)
  }
  const cluster = config.getCurrentCluster()
  if (cluster === null) throw new ConnectionFault(`${file} has no current context with a cluster`)
  if (cluster.skipTLSVerify) throw new ConnectionFault(`${file} skips the verification of the API server`)
  if (!cluster.server.startsWith('https://')) throw new ConnectionFault(`${file} names a server without TLS`)
  return { text, config, server: cluster.server.replace(/\/+$/, '') }
}

const agentFor = ({ ca, cert, key }: RequestOptions): Agent =>
  new Agent({
    connect: { ca, cert, key, rejectUnauthorized: true, minVersion: 'TLSv1.2', timeout: connectMilliseconds },
    headersTimeout: 0,
    bodyTimeout: 0,
  })

const authorizationOf = ({ headers }: RequestOptions): string | undefined => {
  const value: unknown = (headers as Readonly<Record<string, unknown>> | undefined)?.['Authorization']
  return typeof value === 'string' ? value : undefined
}

/**
 * The current context of a kubeconfig file, with everything that the Kubernetes client library understands: tokens,
 * token files, client certificates, exec plugins. A changed file is read again; its server must stay the same.
 */
export const openKubeconfig = async ({ file, monotonic }: KubeconfigOptions): Promise<ClusterConnection> => {
  const read = makeFollowedFile(file, monotonic)
  let loaded = await load(read(), file)
  const { server } = loaded
  let current: { readonly identity: string; readonly agent: Agent } | undefined

  const latest = async (): Promise<KubeConfig> => {
    const text = read()
    if (text !== loaded.text) loaded = await load(text, file)
    if (loaded.server !== server) throw new ConnectionFault(`${file} names another server than at the start`)
    return loaded.config
  }

  const dispatcherFor = (options: RequestOptions): Dispatcher => {
    const identity = [options.ca, options.cert, options.key].map(String).join()
    if (current?.identity !== identity) {
      void current?.agent.close()
      current = { identity, agent: agentFor(options) }
    }
    return current.agent
  }

  return {
    server,
    reach: async () => {
      const options: RequestOptions = {}
      await (await latest()).applyToHTTPSOptions(options)
      const authorization = authorizationOf(options)
      return { dispatcher: dispatcherFor(options), ...(authorization === undefined ? {} : { authorization }) }
    },
    close: async () => {
      await current?.agent.close()
    },
  }
}
