import { type LogLevel, type SecretText, secretText } from '@pull-secret/domain'
import type { AccessConfig } from './access-config.ts'
import { type RateLimitsConfig, toRateLimitsConfig } from './rate-limits-config.ts'
import { type RegistryConfig, toRegistryConfig } from './registry-config.ts'
import type { SettingPath, SettingValues } from './settings.ts'

/** Whom a deployment serves: one instance, inside its cluster, or all of them, over a network. */
export type DeploymentMode = 'per-instance' | 'global'

export interface DeploymentConfig {
  readonly mode: DeploymentMode
  /** Marks this deployment's objects at every vendor; never changes. */
  readonly id: string
  /** Allows what is insecure and meant for trying out. */
  readonly sandbox: boolean
}

/** PEM files. */
export interface ServerTlsConfig {
  readonly certFile: string
  readonly keyFile: string
  /** With it every client has to show a certificate that one of these signed. */
  readonly clientCaFile?: string
}

export interface ServerConfig {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** 0: any free port. */
  readonly metricsPort: number
  /** Of the API port. Absent: plain HTTP. */
  readonly tls?: ServerTlsConfig
  /** Whether the API port may do without TLS. Absent: the mode decides. */
  readonly plainHttp?: boolean
  /** Addresses and ranges of proxies that say truly where a request comes from. */
  readonly trustedProxies: ReadonlyArray<string>
  readonly bodyLimitBytes: number
  /** Of the API port; more are not accepted. */
  readonly maxConnections: number
  /** How long open requests may take to finish after a signal to stop. */
  readonly shutdownSeconds: number
  /** A cluster id has to match one of them, whole. */
  readonly clusterIdPatterns: ReadonlyArray<RegExp>
  readonly cloudProviders: ReadonlyArray<string>
  /** Of a gateway, without a slash at its end. */
  readonly publicUrl?: string
  /** Serves pages for reading and trying the API. */
  readonly docs: boolean
}

export interface DatabaseConfig {
  readonly url: SecretText
  /** The file that the address is from, where one was named; its content may change. */
  readonly urlFile?: string
  /** Connections of one process. */
  readonly poolSize: number
  /** To be switched off behind a pooler in transaction mode. */
  readonly preparedStatements: boolean
  readonly tls: { readonly mode: 'verify-full' | 'disable'; readonly caFile?: string }
  readonly statementTimeoutSeconds: number
}

export interface RecoveryConfig {
  /** 0: not run by the server. */
  readonly intervalSeconds: number
  readonly batchSize: number
}

export interface TracesConfig {
  /** Of a receiver of OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string
  /** Which part of the traces that begin here is kept; from 0 to 1. */
  readonly ratio: number
  /** Read again when it changes. */
  readonly headersFile?: string
}

/** The whole configuration, decoded. */
export interface Config {
  readonly deployment: DeploymentConfig
  readonly server: ServerConfig
  readonly database: DatabaseConfig
  readonly encryption: { readonly keyRingFile: string }
  readonly access: AccessConfig & {
    /** Serves the metrics of the API port without a token. */
    readonly anonymousMetrics: boolean
  }
  readonly rateLimits: RateLimitsConfig
  readonly registries: ReadonlyArray<RegistryConfig>
  readonly jobs: { readonly recovery: RecoveryConfig }
  readonly telemetry: {
    readonly logLevel: LogLevel
    readonly logFormat: 'json' | 'text'
    /** Absent: no traces. */
    readonly traces?: TracesConfig
  }
  /** `baseUrl` ends with a slash; the slug of a problem follows it. */
  readonly errors: { readonly baseUrl: string }
}

type ServerTlsValues = Partial<Pick<SettingValues, Extract<SettingPath, `server.tls.${string}`>>>

export const toServerTlsConfig = (values: ServerTlsValues): ServerTlsConfig | undefined => {
  const certFile = values['server.tls.cert_file']
  const keyFile = values['server.tls.key_file']
  return certFile === undefined || keyFile === undefined
    ? undefined
    : { certFile, keyFile, clientCaFile: values['server.tls.client_ca_file'] }
}

type TracesValues = Pick<SettingValues, Extract<SettingPath, `telemetry.traces.${string}`>>

const toTracesConfig = (values: TracesValues): TracesConfig | undefined => {
  const endpoint = values['telemetry.traces.endpoint']
  return endpoint === undefined
    ? undefined
    : { endpoint, ratio: values['telemetry.traces.ratio'], headersFile: values['telemetry.traces.headers_file'] }
}

type DatabaseValues = Pick<SettingValues, Extract<SettingPath, `database.${string}`>>

export const toDatabaseConfig = (values: DatabaseValues): DatabaseConfig => ({
  url: secretText(values['database.url']),
  urlFile: values['database.url_file'],
  poolSize: values['database.pool_size'],
  preparedStatements: values['database.prepared_statements'],
  tls: { mode: values['database.tls.mode'], caFile: values['database.tls.ca_file'] },
  statementTimeoutSeconds: values['database.statement_timeout_seconds'],
})

export const toConfig = (values: SettingValues, access: AccessConfig): Config => ({
  deployment: { mode: values['deployment.mode'], id: values['deployment.id'], sandbox: values['deployment.sandbox'] },
  server: {
    host: values['server.host'],
    port: values['server.port'],
    metricsPort: values['server.metrics_port'],
    tls: toServerTlsConfig(values),
    plainHttp: values['server.plain_http'],
    trustedProxies: values['server.trusted_proxies'] ?? [],
    bodyLimitBytes: values['server.body_limit_bytes'],
    maxConnections: values['server.max_connections'],
    shutdownSeconds: values['server.shutdown_seconds'],
    clusterIdPatterns: values['server.cluster_id_patterns'],
    cloudProviders: values['server.cloud_providers'],
    publicUrl: values['server.public_url'],
    docs: values['server.docs'],
  },
  database: toDatabaseConfig(values),
  encryption: { keyRingFile: values['encryption.key_ring_file'] },
  access: { ...access, anonymousMetrics: values['access.anonymous_metrics'] },
  rateLimits: toRateLimitsConfig(values),
  registries: values.registries.map(toRegistryConfig),
  jobs: {
    recovery: {
      intervalSeconds: values['jobs.recovery.interval_seconds'],
      batchSize: values['jobs.recovery.batch_size'],
    },
  },
  telemetry: {
    logLevel: values['telemetry.log_level'],
    logFormat: values['telemetry.log_format'],
    traces: toTracesConfig(values),
  },
  errors: { baseUrl: `${values['errors.base_url']}/` },
})
