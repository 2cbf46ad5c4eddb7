import * as E from 'fp-ts/lib/Either.js'
import { makeChangingAgent } from './changing-agent.ts'
import type { ClusterConnection } from './cluster-connection.ts'
import { makeFollowedFile } from './followed-file.ts'

/** Where a pod finds its API server and who it is there. */
export interface InClusterOptions {
  /** `https://host:port` of the API server. */
  readonly server: string
  /** The token of our own ServiceAccount. */
  readonly tokenFile: string
  /** PEM bundle that the API server's certificate is verified against. */
  readonly caFile: string
  readonly monotonic: () => number
}

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount'

/** What every pod is given (kubernetes.io/docs/tasks/run-application/access-api-from-pod). */
export const inClusterDefaults = (
  environment: Readonly<Record<string, string | undefined>>,
): E.Either<string, Omit<InClusterOptions, 'monotonic'>> => {
  const host = environment['KUBERNETES_SERVICE_HOST']
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443'
  if (host === undefined || host === '')
    return E.left('this process does not run in a pod: KUBERNETES_SERVICE_HOST is not set, so name a kubeconfig file')
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  return URL.canParse(server)
    ? E.right({ server, tokenFile: `${serviceAccount}/token`, caFile: `${serviceAccount}/ca.crt` })
    : E.left('KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT make no address')
}

export const openInCluster = ({ server, tokenFile, caFile, monotonic }: InClusterOptions): ClusterConnection => {
  const token = makeFollowedFile(tokenFile, monotonic)
  const authority = makeFollowedFile(caFile, monotonic)
  const agent = makeChangingAgent()
  return {
    server,
    reach: async () => ({
      dispatcher: agent.trusting(authority()),
      authorization: `Bearer ${token()}`,
    }),
    close: agent.close,
  }
}
