export interface KubeconfigParts {
  /** URL of the API server. */
  readonly server: string
  readonly authorityFile: string
  /** Of the account that speaks to it. */
  readonly token: string
}

/** A kubeconfig that leads to one API server. JSON is YAML too. */
export const kubeconfigText = ({ server, authorityFile, token }: KubeconfigParts): string =>
  `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster: { server, 'certificate-authority': authorityFile } }],
    users: [{ name: 'service', user: { token } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'service' } }],
    'current-context': 'sandbox',
  })}\n`
