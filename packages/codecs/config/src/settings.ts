import { type Codec, decode, type Mismatch, nonEmptyText, webAddress, wholeNumber } from '@pull-secret/decoding'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { databaseAddress, deploymentId, filePath, listOf, oneOf, slug, wholePattern } from './codecs.ts'
import { registryList } from './registry-config.ts'
import { optional, required, type Setting, withDefault } from './setting.ts'

const port = wholeNumber(0, 65_535)
const defaultClusterIds = [/^(?:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u, /^(?:cls-[a-z0-9]{6,36})$/u]

/** Every key there is, by its path in the file. The names of variables and flags follow from the paths. */
export const settings = {
  'deployment.mode': withDefault('text', oneOf('per-instance', 'global'), 'per-instance'),
  'deployment.id': required('text', deploymentId),
  'deployment.sandbox': withDefault('boolean', t.boolean, false),
  'server.host': withDefault('text', nonEmptyText, '0.0.0.0'),
  'server.port': withDefault('number', port, 8080),
  'server.metrics_port': withDefault('number', port, 8081),
  'server.body_limit_bytes': withDefault('number', wholeNumber(1024, 16 * 1024 * 1024), 65_536),
  'server.shutdown_seconds': withDefault('number', wholeNumber(1, 600), 20),
  'server.cluster_id_patterns': withDefault('json', listOf(wholePattern, 'patterns'), defaultClusterIds),
  'server.cloud_providers': withDefault('json', listOf(slug, 'cloud providers'), ['gcp', 'aws', 'azure', 'oci']),
  'database.url': required('secret', databaseAddress),
  'database.url_file': optional('text', filePath),
  'database.pool_size': withDefault('number', wholeNumber(1, 1000), 10),
  'database.prepared_statements': withDefault('boolean', t.boolean, true),
  'database.tls.mode': withDefault('text', oneOf('verify-full', 'disable'), 'verify-full'),
  'database.tls.ca_file': optional('text', filePath),
  'database.statement_timeout_seconds': withDefault('number', wholeNumber(1, 3600), 3),
  'encryption.key_ring_file': required('text', filePath),
  'access.type': required('text', oneOf('static')),
  'access.tokens_file': required('text', filePath),
  'access.anonymous_metrics': withDefault('boolean', t.boolean, false),
  registries: required('json', registryList),
  'jobs.recovery.interval_seconds': withDefault('number', wholeNumber(0, 86_400), 60),
  'jobs.recovery.batch_size': withDefault('number', wholeNumber(1, 1000), 50),
  'telemetry.log_level': withDefault('text', oneOf('debug', 'info', 'warn', 'error'), 'info'),
  'telemetry.log_format': withDefault('text', oneOf('json', 'text'), 'json'),
  'errors.base_url': withDefault('text', webAddress, 'https://docs.hyperfleet.io/errors'),
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
