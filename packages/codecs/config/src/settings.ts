import { type Codec, decode, type Mismatch, nonEmptyText, oneOf, webAddress, wholeNumber } from '@pull-secret/decoding'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { addressRange } from './address-range.ts'
import { databaseAddress, deploymentId, filePath, listOf, slug, wholePattern } from './codecs.ts'
import { limitedSubjects, perMinute, perSecond } from './limited-subjects.ts'
import { registryList } from './registry-config.ts'
import { leftToMode, optional, required, type Setting, withDefault } from './setting.ts'
import { ratio, receiverAddress } from './trace-codecs.ts'

const port = wholeNumber(0, 65_535)
const defaultClusterIds = [/^(?:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u, /^(?:cls-[a-z0-9]{6,36})$/u]

/** Every key there is, by its path in the file. The names of variables and flags follow from the paths. */
export const settings = {
  'deployment.mode': withDefault(
    'text',
    oneOf('per-instance', 'global'),
    'per-instance',
    'whom the deployment serves: one instance, or all of them; other defaults follow from it',
  ),
  'deployment.id': required('text', deploymentId, "marks this deployment's objects at every registry; never changes"),
  'deployment.sandbox': withDefault(
    'boolean',
    t.boolean,
    false,
    'allows what is insecure and meant for trying out, such as static access',
  ),
  'server.host': withDefault('text', nonEmptyText, '0.0.0.0', 'address that API and metrics listen on'),
  'server.port': withDefault('number', port, 8080, 'port of the API; 0: any free one'),
  'server.metrics_port': withDefault('number', port, 8081, 'port of the metrics, without a token; 0: any free one'),
  'server.tls.cert_file': optional(
    'text',
    filePath,
    'PEM certificate, with its chain, by which the API port speaks TLS; read again when it changes',
  ),
  'server.tls.key_file': optional(
    'text',
    filePath,
    'PEM private key of the certificate, without a passphrase; read again when it changes',
  ),
  'server.tls.client_ca_file': optional(
    'text',
    filePath,
    'PEM bundle: clients of the API port need a certificate that it signed; read again when it changes',
  ),
  'server.plain_http': leftToMode(
    'boolean',
    t.boolean,
    'whether the API port may do without TLS: true where something in front ends it',
  ),
  'server.trusted_proxies': optional(
    'json',
    listOf(addressRange, 'proxies'),
    'addresses of proxies whose X-Forwarded-For says where a request comes from',
  ),
  'server.body_limit_bytes': withDefault('number', wholeNumber(1024, 16 * 1024 * 1024), 65_536, 'largest request body'),
  'server.max_connections': withDefault(
    'number',
    wholeNumber(1, 100_000),
    2000,
    'connections of the API port; more are not accepted. The metrics port takes as many, but at most 100',
  ),
  'server.shutdown_seconds': withDefault('number', wholeNumber(1, 600), 20, 'how long a stop may take after SIGTERM'),
  'server.cluster_id_patterns': withDefault(
    'json',
    listOf(wholePattern, 'patterns'),
    defaultClusterIds,
    'a cluster id matches one of these regular expressions, as a whole',
  ),
  'server.cloud_providers': withDefault(
    'json',
    listOf(slug, 'cloud providers'),
    ['gcp', 'aws', 'azure', 'oci'],
    'the cloud providers that a request may name',
  ),
  'server.public_url': optional(
    'text',
    webAddress,
    'address of a gateway through which clients reach the API; the API description names it first',
  ),
  'server.docs': withDefault('boolean', t.boolean, false, 'serves pages for reading and trying the API at /v1/docs'),
  'database.url': required(
    'secret',
    databaseAddress,
    'address of the database, with user and password; safer in a file',
  ),
  'database.url_file': optional('text', filePath, 'file with the address of the database; replaces database.url'),
  'database.pool_size': withDefault('number', wholeNumber(1, 1000), 10, 'connections of one process'),
  'database.prepared_statements': withDefault('boolean', t.boolean, true, 'false behind a pooler in transaction mode'),
  'database.tls.mode': withDefault(
    'text',
    oneOf('verify-full', 'disable'),
    'verify-full',
    'verify-full encrypts and verifies the host; disable only where something else protects the connection',
  ),
  'database.tls.ca_file': optional('text', filePath, "PEM bundle that is trusted instead of the system's"),
  'database.statement_timeout_seconds': withDefault(
    'number',
    wholeNumber(1, 3600),
    3,
    'how long one statement may take',
  ),
  'encryption.key_ring_file': required(
    'text',
    filePath,
    'key ring file, or one key in base64; read again when it changes',
  ),
  'access.type': required(
    'text',
    oneOf('kubernetes', 'static'),
    'what decides about callers: a Kubernetes API server or, only in a sandbox, a file of tokens',
  ),
  'access.tokens_file': optional(
    'text',
    filePath,
    'file with the hashes of tokens and their permissions, for static access; read again when it changes',
  ),
  'access.kubernetes.kubeconfig_file': optional(
    'text',
    filePath,
    'kubeconfig of the API server, whose current context counts; without it, the API server of the pod',
  ),
  'access.kubernetes.audiences': leftToMode(
    'json',
    listOf(nonEmptyText, 'audiences'),
    'a token must be for one of them; where there is none, for the API server itself',
  ),
  'access.anonymous_metrics': withDefault(
    'boolean',
    t.boolean,
    false,
    'serves the metrics of the API port without a token',
  ),
  'rate_limits.standard.per_minute': leftToMode(
    'number',
    perMinute,
    'requests of one caller in a minute, to each replica',
  ),
  'rate_limits.standard.per_second': leftToMode(
    'number',
    perSecond,
    'requests of one caller in a second, to each replica',
  ),
  'rate_limits.unauthenticated.per_minute': withDefault(
    'number',
    perMinute,
    600,
    'requests without a known token from one address in a minute, to each replica',
  ),
  'rate_limits.unauthenticated.per_second': withDefault(
    'number',
    perSecond,
    100,
    'requests without a known token from one address in a second, to each replica',
  ),
  'rate_limits.subjects': withDefault(
    'json',
    limitedSubjects,
    [],
    'limits of single callers, by the name that the audit has of them',
  ),
  registries: required('json', registryList, 'the registries whose credentials make up a pull secret'),
  'jobs.recovery.interval_seconds': withDefault(
    'number',
    wholeNumber(0, 86_400),
    60,
    'how often the server runs recovery; 0: never',
  ),
  'jobs.recovery.batch_size': withDefault('number', wholeNumber(1, 1000), 50, 'rows that one round of recovery claims'),
  'telemetry.log_level': withDefault(
    'text',
    oneOf('debug', 'info', 'warn', 'error'),
    'info',
    'lines below this level are not written',
  ),
  'telemetry.log_format': withDefault('text', oneOf('json', 'text'), 'json', 'json for machines, text for people'),
  'telemetry.traces.endpoint': optional(
    'text',
    receiverAddress,
    'where traces go by OTLP over HTTP, to the path /v1/traces below it; without it there are none',
  ),
  'telemetry.traces.ratio': withDefault(
    'number',
    ratio,
    1,
    'part of the traces begun here that is kept; callers decide about those that they begin',
  ),
  'telemetry.traces.headers_file': optional(
    'text',
    filePath,
    'file with headers for the receiver, one NAME: VALUE a line; read again when it changes',
  ),
  'errors.base_url': withDefault(
    'text',
    webAddress,
    'https://docs.hyperfleet.io/errors',
    'where the pages of errors are; begins the type of each problem',
  ),
}

export type SettingPath = keyof typeof settings

export type SettingValues = { readonly [P in SettingPath]: (typeof settings)[P] extends Setting<infer A> ? A : never }

type PathWithDefault = {
  readonly [P in SettingPath]: undefined extends SettingValues[P] ? never : P
}[SettingPath]

/** Reads a value that is not from a configuration by the rule of a setting. */
export const decodeSetting = <P extends SettingPath>(
  path: P,
  value: unknown,
): Either<ReadonlyArray<Mismatch>, SettingValues[P]> => decode(settings[path].codec as Codec<SettingValues[P]>, value)

/** What holds where nothing is configured. @throws Error for a setting that is required */
export const defaultOf = <P extends PathWithDefault>(path: P): SettingValues[P] => {
  const { fallback } = settings[path]
  if (fallback === undefined) throw new Error(`${path} has no default`)
  return fallback as SettingValues[P]
}

export const settingPaths = Object.keys(settings) as ReadonlyArray<SettingPath>

/** Whether every setting whose path begins so has its value. */
export const haveAllBelow = <S extends string>(
  values: Partial<SettingValues>,
  prefix: S,
): values is Partial<SettingValues> & Pick<SettingValues, Extract<SettingPath, `${S}${string}`>> =>
  settingPaths.every((path) => !path.startsWith(prefix) || Object.hasOwn(values, path))

export const isSettingPath = (path: string): path is SettingPath => Object.hasOwn(settings, path)

/**
 * The keys directly below a section; none for what is no section. The file as a whole is the section without a name.
 */
export const keysBelow = (section: string): ReadonlyArray<string> => {
  const prefix = section === '' ? '' : `${section}.`
  const below = settingPaths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split('.')[0] ?? '')
  return [...new Set(below)]
}
