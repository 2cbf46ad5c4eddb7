import { relative } from 'node:path'
import type { Sandbox } from './start-sandbox.ts'

const plainPath = /^[\w./@%+=:,-]+$/

const quoted = (path: string): string => (plainPath.test(path) ? path : `'${path.replaceAll(`'`, `'\\''`)}'`)

/** A path as somebody in that directory would type it. */
const shownFrom =
  (directory: string) =>
  (path: string): string => {
    const below = relative(directory, path)
    return below === '' || below.startsWith('..') ? path : below
  }

/** The banner of a ready sandbox. Its last line works when pasted into a shell in that directory. */
export const readyBlock = (
  { url, metricsUrl, folder, files, quay, rhit, kubernetes }: Sandbox,
  directory: string,
): string => {
  const shown = shownFrom(directory)
  const kubernetesLines =
    kubernetes === undefined
      ? ''
      : `  Reviews    ${kubernetes.url} (simulated Kubernetes API server)
  Adapter    ${shown(files.adapterToken)} (token with the rights of an adapter)
`
  const call = [
    'curl -sS -X POST',
    `-H @${quoted(shown(files.authHeader))}`,
    "-H 'content-type: application/json'",
  ].join(' ')
  return `
The sandbox is ready. Ctrl-C stops it; its data is kept for the next start.

  API        ${url}
  Metrics    ${metricsUrl}/metrics
  Quay       ${quay.url} (simulated)
  RHIT       ${rhit.url} (simulated, mutual TLS), docker login at ${rhit.registryUrl}
${kubernetesLines}  Data       ${shown(folder)}
  Token      ${shown(files.token)}
  Logs       ${shown(files.logs)}

${call} ${url}/v1/clusters/cls-abc123/pull-secrets -d '{"cloud_provider":"gcp","region":"us-east1"}'
`
}
