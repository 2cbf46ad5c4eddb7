import type { RequestOptions } from 'node:https'
import { Agent, type Dispatcher } from 'undici'
import { type ClusterConnection, ConnectionFault } from './cluster-connection.ts'
import { makeFollowedFile } from './followed-file.ts'
import { type KubeconfigContext, readKubeconfig } from './kubeconfig-file.ts'
import { makeSharedAttempt } from './shared-attempt.ts'

export interface KubeconfigOptions {
  readonly file: string
  readonly monotonic: () => number
}

const connectMilliseconds = 1000
const longestExecMilliseconds = 30_000

interface Identity {
  readonly options: RequestOptions
  readonly serverName: string | undefined
}

const agentFor = ({ options: { ca, cert, key }, serverName }: Identity): Agent =>
  new Agent({
    connect: {
      ca,
      cert,
      key,
      servername: serverName,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      timeout: connectMilliseconds,
    },
    headersTimeout: 0,
    bodyTimeout: 0,
  })

const authorizationOf = ({ headers }: RequestOptions): string | undefined => {
  const value: unknown = (headers as Readonly<Record<string, unknown>> | undefined)?.['Authorization']
  return typeof value === 'string' ? value : undefined
}

/** Names a file and a code; what an exec plugin wrote may hold a secret, and is left out. */
const faultOf = (error: unknown, file: string): ConnectionFault => {
  const { code, path } = error as { readonly code?: string; readonly path?: string }
  return code !== undefined && path !== undefined
    ? new ConnectionFault(`${path}, which ${file} names, cannot be used (${code})`)
    : new ConnectionFault(`the exec plugin of ${file} gave no credential`)
}

/**
 * The current context of a kubeconfig file: tokens, token files, client certificates and exec plugins, with paths
 * relative to the file. A changed file is read again; its server must stay the same.
 */
export const openKubeconfig = async ({ file, monotonic }: KubeconfigOptions): Promise<ClusterConnection> => {
  const read = makeFollowedFile(file, monotonic)
  let context = await readKubeconfig(read(), file)
  const { server } = context
  let token = tokenOf(context, monotonic)
  let current: { readonly identity: string; readonly agent: Agent } | undefined

  const follow = async (): Promise<KubeconfigContext> => {
    const text = read()
    if (text !== context.text) {
      context = await readKubeconfig(text, file)
      token = tokenOf(context, monotonic)
    }
    if (context.server !== server) throw new ConnectionFault(`${file} names another server than at the start`)
    return context
  }

  const identify = async (): Promise<Identity> => {
    const { config, serverName } = await follow()
    const options: RequestOptions = {}
    try {
      await config.applyToHTTPSOptions(options)
    } catch (error) {
      throw faultOf(error, file)
    }
    return { options, serverName }
  }
  const identifying = makeSharedAttempt(identify, { monotonic, longestMilliseconds: longestExecMilliseconds })

  const dispatcherFor = (identity: Identity): Dispatcher => {
    const { options, serverName } = identity
    const key = [options.ca, options.cert, options.key, serverName].map(String).join()
    if (current?.identity !== key) {
      void current?.agent.close()
      current = { identity: key, agent: agentFor(identity) }
    }
    return current.agent
  }

  return {
    server,
    reach: async (signal) => {
      const identity = await identifying.join(signal).catch((error: unknown) => {
        throw signal.aborted ? new ConnectionFault(`the exec plugin of ${file} gave no credential in time`) : error
      })
      const authorization = token === undefined ? authorizationOf(identity.options) : `Bearer ${token()}`
      return { dispatcher: dispatcherFor(identity), ...(authorization === undefined ? {} : { authorization }) }
    },
    close: async () => {
      await current?.agent.close()
    },
  }
}

const tokenOf = ({ tokenFile }: KubeconfigContext, monotonic: () => number): (() => string) | undefined =>
  tokenFile === undefined ? undefined : makeFollowedFile(tokenFile, monotonic)
