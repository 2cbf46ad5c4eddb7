import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  kubeconfigText,
  type KubernetesSimulator,
  startKubernetesSimulator,
} from '@pull-secret/registry-simulators/kubernetes'
import type { StageFolder } from '../stage/stage-folder.ts'

/** A simulated Kubernetes API server that knows the adapters. */
export interface ApiServer {
  /** The section `access` of a service that asks it. */
  readonly access: Readonly<Record<string, unknown>>
  /** Tokens of the adapters. */
  readonly tokens: ReadonlyArray<string>
  readonly close: KubernetesSimulator['close']
}

/** What a global service expects by default; a token for the API server itself would open that too. */
const audience = 'pull-secret-service'
const apiGroups = ['hyperfleet.io']

const newToken = (): string => randomBytes(32).toString('base64url')

/** As many accounts as there are adapters, each with a token of its own and the rights of the chart's role. */
export const startApiServer = async ({ path, server: tls }: StageFolder, adapterCount: number): Promise<ApiServer> => {
  const accounts = Array.from({ length: adapterCount }, (_, index) => ({
    token: newToken(),
    username: `system:serviceaccount:hyperfleet-system:adapter-${String(index + 1)}`,
    audiences: [audience],
  }))
  const reviewerToken = newToken()
  const simulator = await startKubernetesSimulator({
    accounts,
    rules: accounts.map(({ username }) => ({
      user: username,
      apiGroups,
      resources: ['clusters/pull-secrets'],
      verbs: ['get', 'create', 'delete'],
    })),
    reviewerTokens: [reviewerToken],
    tls,
  })
  const kubeconfigFile = join(path, 'kubeconfig')
  const kubeconfig = { server: simulator.url, authorityFile: join(path, 'authority.pem'), token: reviewerToken }
  writeFileSync(kubeconfigFile, kubeconfigText(kubeconfig), { mode: 0o600 })
  return {
    access: { type: 'kubernetes', kubernetes: { kubeconfig_file: kubeconfigFile, audiences: [audience] } },
    tokens: accounts.map(({ token }) => token),
    close: simulator.close,
  }
}
