import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificateAuthority } from '@pull-secret/registry-simulators'
import {
  type KubernetesSimulator,
  type KubernetesSimulatorOptions,
  startKubernetesSimulator,
} from '@pull-secret/registry-simulators/kubernetes'
import {
  type AccessProblem,
  type KubernetesAccess,
  type KubernetesAccessOptions,
  openInCluster,
  openKubernetesAccess,
} from '../src/index.ts'

/** Our own token, as the files of a pod hold it. */
export const reviewerToken = 'reviewer'

export interface ACluster {
  readonly access: KubernetesAccess
  readonly problems: Array<AccessProblem>
  readonly files: { readonly token: string; readonly ca: string }
  /** The API server, as it runs now. */
  readonly server: () => KubernetesSimulator
  /** Lets time pass for the adapter: its caches and its calendar. */
  readonly pass: (milliseconds: number) => void
  readonly now: () => number
  readonly stopServer: () => Promise<void>
  /**
   * Starts the API server again on the same port with the same knowledge, or with a certificate of a new authority.
   * Resolves with what makes the adapter trust that.
   */
  readonly startServer: (options?: { readonly newAuthority?: boolean }) => Promise<() => void>
  readonly close: () => Promise<void>
}

const anAuthority = () => makeCertificateAuthority('Kubernetes', { now: new Date(), lifetimeDays: 1 })

let firstAuthority: ReturnType<typeof anAuthority> | undefined

export const aCluster = async (
  known: Pick<KubernetesSimulatorOptions, 'accounts' | 'rules'>,
  { audiences = [], ...given }: Partial<Pick<KubernetesAccessOptions, 'audiences' | 'reviewMilliseconds'>> = {},
): Promise<ACluster> => {
  const folder = mkdtempSync(join(tmpdir(), 'auth-kubernetes-'))
  const files = { token: join(folder, 'token'), ca: join(folder, 'ca.crt') }
  let passed = 0
  const clock = { now: () => Date.now() + passed, monotonic: () => performance.now() + passed }
  let authority = await (firstAuthority ??= anAuthority())
  const start = async (port: number): Promise<KubernetesSimulator> => {
    const { certificate, key } = await authority.issueServer()
    return startKubernetesSimulator({
      ...known,
      port,
      reviewerTokens: [reviewerToken],
      tls: { certificate, key },
      now: clock.now,
    })
  }
  let server = await start(0)
  const { port, url } = server
  writeFileSync(files.token, reviewerToken)
  writeFileSync(files.ca, authority.identity.certificate)
  const problems: Array<AccessProblem> = []
  const access = openKubernetesAccess({
    connection: openInCluster({ server: url, tokenFile: files.token, caFile: files.ca, monotonic: clock.monotonic }),
    clock,
    audiences,
    ...given,
    onProblem: (problem) => problems.push(problem),
  })
  return {
    access,
    problems,
    files,
    server: () => server,
    pass: (milliseconds) => {
      passed += milliseconds
    },
    now: clock.now,
    stopServer: () => server.close(),
    startServer: async ({ newAuthority = false } = {}) => {
      if (newAuthority) authority = await anAuthority()
      server = await start(port)
      return () => writeFileSync(files.ca, authority.identity.certificate)
    },
    close: async () => {
      await access.close()
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}
