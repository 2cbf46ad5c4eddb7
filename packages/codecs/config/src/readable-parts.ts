import { decode } from '@pull-secret/decoding'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { moduleName, registryId, slug } from './codecs.ts'
import { type DatabaseConfig, type ServerTlsConfig, toDatabaseConfig, toServerTlsConfig } from './config.ts'
import type { RegistryConfig } from './registry-config.ts'
import { haveAllBelow, type SettingValues } from './settings.ts'

/** An entry whose adapter is known, whatever else is wrong with it. */
export interface ReadableRegistry extends Pick<RegistryConfig, 'id' | 'type' | 'module' | 'config'> {
  /** Its place in the list, from 0. */
  readonly place: number
}

/** What is right where something else is wrong: what it names can be checked all the same. */
export interface ReadableParts {
  readonly keyRingFile?: string
  readonly tokensFile?: string
  readonly kubeconfigFile?: string
  readonly serverTls?: ServerTlsConfig
  readonly tracesHeadersFile?: string
  readonly database?: DatabaseConfig
  readonly registries: ReadonlyArray<ReadableRegistry>
}

const namesAdapter = t.intersection([
  t.type({ id: registryId, type: slug }),
  t.partial({ module: moduleName, config: t.unknown }),
])

const readableRegistry = (entry: unknown, place: number): ReadonlyArray<ReadableRegistry> => {
  const read = decode(namesAdapter, entry)
  if (E.isLeft(read)) return []
  const { id, type, module, config = {} } = read.right
  return [{ place, id, type, module, config }]
}

/** `registries` is the list as it was found. */
export const readableParts = (values: Partial<SettingValues>, registries: unknown): ReadableParts => ({
  keyRingFile: values['encryption.key_ring_file'],
  tokensFile: values['access.tokens_file'],
  kubeconfigFile: values['access.kubernetes.kubeconfig_file'],
  serverTls: toServerTlsConfig(values),
  tracesHeadersFile: values['telemetry.traces.headers_file'],
  database: haveAllBelow(values, 'database.') ? toDatabaseConfig(values) : undefined,
  registries: Array.isArray(registries) ? registries.flatMap(readableRegistry) : [],
})
