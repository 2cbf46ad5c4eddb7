import { join } from 'node:path'
import type { QuaySimulator, RhitSimulator } from '@pull-secret/registry-simulators'
import type { StageFolder } from './stage-folder.ts'
import { unlimitedCallers } from './unlimited-callers.ts'

export const deploymentId = 'stage'
export const quayOrganization = 'acme'

/** The hosts of a document's entries, by registry. The plain registry is also the address that it answers at. */
export const registryHosts = (plainHost: string): Readonly<Record<string, ReadonlyArray<string>>> => ({
  quay: ['quay.io', 'cloud.openshift.com'],
  rhit: ['registry.redhat.io', 'registry.connect.redhat.com'],
  plain: [plainHost],
})

export interface ServiceTimes {
  /** How long one attempt holds its row; its calls end 5 s earlier. */
  readonly leaseSeconds: number
  readonly callSeconds: number
  /** How long after its lease a request may still take effect at a vendor. */
  readonly landingWindowSeconds: number
  /** Between two runs of the recovery job; 0: only when asked. */
  readonly recoverySeconds: number
}

export interface ServiceConfigOptions {
  readonly folder: StageFolder
  readonly quay: QuaySimulator
  readonly rhit: RhitSimulator
  readonly plainHost: string
  readonly databaseUrl: string
  /** False behind a pooler in transaction mode. */
  readonly preparedStatements: boolean
  readonly times: ServiceTimes
  /** Absent: all that there are. */
  readonly registryIds?: ReadonlyArray<string> | undefined
  readonly budgets?: StageBudgets | undefined
  /** Default: per instance. */
  readonly mode?: 'per-instance' | 'global' | undefined
  /** The section `access`. Default: static, with the one caller of the folder. */
  readonly access?: Readonly<Record<string, unknown>> | undefined
  /** Default: debug. */
  readonly logLevel?: string | undefined
}

/** Budgets by registry; one that is not named has so much that the lane, not the budget, sets the pace. */
export type StageBudgets = Readonly<
  Partial<Record<string, { readonly per_minute: number; readonly burst: number; readonly share?: number }>>
>

const unlimited = { per_minute: 600_000 }

/** A global service demands TLS, unless something in front of it speaks that. */
const tlsEndsInFront = { plain_http: true }

/** The configuration of one service process. JSON is YAML too. */
export const serviceConfig = ({
  folder,
  quay,
  rhit,
  plainHost,
  databaseUrl,
  preparedStatements,
  times,
  registryIds,
  budgets = {},
  mode = 'per-instance',
  access = { type: 'static', tokens_file: join(folder.path, 'tokens.json') },
  logLevel = 'debug',
}: ServiceConfigOptions): string => {
  const inFolder = (name: string): string => join(folder.path, name)
  const common = {
    lease_seconds: times.leaseSeconds,
    call_seconds: times.callSeconds,
    landing_window_seconds: times.landingWindowSeconds,
    executes_once: false,
  }
  const registries = [
    {
      ...common,
      id: 'quay',
      type: 'quay',
      required: true,
      hosts: ['quay.io'],
      config: { base_url: quay.url, organization: quayOrganization, token_file: inFolder('quay.token') },
    },
    {
      ...common,
      id: 'rhit',
      type: 'rhit',
      required: true,
      hosts: ['registry.redhat.io'],
      ca_file: inFolder('authority.pem'),
      config: {
        base_url: rhit.url,
        registry_url: rhit.registryUrl,
        cert: inFolder('client.pem'),
        key: inFolder('client.key'),
      },
    },
    {
      ...common,
      id: 'plain',
      type: 'distribution',
      required: false,
      config: { registry_url: `http://${plainHost}`, htpasswd_file: folder.htpasswdFile },
    },
  ]
  return JSON.stringify({
    deployment: { mode, id: deploymentId, sandbox: true },
    server: { host: '127.0.0.1', port: 0, metrics_port: 0, ...(mode === 'global' ? tlsEndsInFront : {}) },
    database: { url: databaseUrl, prepared_statements: preparedStatements, tls: { mode: 'disable' } },
    encryption: { key_ring_file: inFolder('key-ring.json') },
    access,
    rate_limits: unlimitedCallers,
    registries: registries
      .filter(({ id }) => registryIds === undefined || registryIds.includes(id))
      .map((registry) => ({ ...registry, budget: budgets[registry.id] ?? unlimited })),
    jobs: { recovery: { interval_seconds: times.recoverySeconds } },
    telemetry: { log_level: logLevel, log_format: 'json' },
  })
}
