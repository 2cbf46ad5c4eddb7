import { randomBytes } from 'node:crypto'
import type { SandboxCertificates } from '@pull-secret/registry-simulators'
import {
  kubeconfigText,
  type KubernetesSimulator,
  startKubernetesSimulator,
} from '@pull-secret/registry-simulators/kubernetes'
import { replaceFile } from './replace-file.ts'
import type { SandboxFiles } from './sandbox-files.ts'
import type { SandboxSecrets } from './secrets.ts'

export interface KubernetesInput {
  readonly files: SandboxFiles
  readonly secrets: SandboxSecrets
  readonly certificates: SandboxCertificates
}

const apiGroups = ['hyperfleet.io']
const operator = 'system:serviceaccount:hyperfleet-system:operator'
const adapter = 'system:serviceaccount:hyperfleet-system:gcp-adapter'

/** The rules of the ClusterRole `hyperfleet-pull-secret-adapter`. */
const adapterRules = [
  { user: adapter, apiGroups, resources: ['clusters/pull-secrets'], verbs: ['get', 'create', 'delete'] },
  { user: adapter, apiGroups, resources: ['clusters/pull-secrets/rotations'], verbs: ['get', 'create', 'list'] },
]

/**
 * The reviews of a Kubernetes API server that knows two accounts: the operator, who may do everything, and an adapter.
 * Writes the kubeconfig by which the service finds it.
 */
export const startKubernetes = async ({
  files,
  secrets: { token, adapterToken },
  certificates: { server, authority },
}: KubernetesInput): Promise<KubernetesSimulator> => {
  const reviewerToken = randomBytes(32).toString('base64url')
  const simulator = await startKubernetesSimulator({
    accounts: [
      { token, username: operator },
      { token: adapterToken, username: adapter },
    ],
    rules: [{ user: operator, apiGroups, resources: ['*'], verbs: ['*'] }, ...adapterRules],
    reviewerTokens: [reviewerToken],
    tls: { certificate: server.certificate, key: server.key },
  })
  replaceFile(
    files.kubeconfig,
    kubeconfigText({ server: simulator.url, authorityFile: authority.certificateFile, token: reviewerToken }),
  )
  return simulator
}
