import type { RegistrySetup, StartFault } from '@pull-secret/composition/embedded'
import type { Logger } from '@pull-secret/domain'
import { isRecord } from './check-options.ts'

/**
 * A ledger in PostgreSQL 15 or newer. It is migrated when it is opened, and its tokens are encrypted with a key ring.
 * Requires the packages `@pull-secret/postgres` and `@pull-secret/platform-node`.
 */
export interface EmbedDatabase {
  /** `postgres://role:password@host:port/name`, special characters percent-encoded, without parameters. */
  readonly url: string
  /** The keys that encrypt tokens. The file is read again when it changes. */
  readonly keyRingFile: string
  /** Set to false behind a pooler in transaction mode. Default: true. */
  readonly preparedStatements?: boolean
  /**
   * As `database.tls` of the server. `verify-full`, the default, connects over TLS and verifies certificate and host
   * name, by the CAs of Node or of `caFile`, which is read again for each connection. `disable` connects in plain
   * text, where something else protects the connection.
   */
  readonly tls?: { readonly mode?: 'verify-full' | 'disable'; readonly caFile?: string }
  /**
   * Set to true only for trying out: accepts a database that a crash damages, because `fsync` or `full_page_writes` is
   * off there. Default: false.
   */
  readonly sandbox?: boolean
}

/**
 * Where the service stores its data. In memory all data is lost with the process, and credentials created at real
 * registries are left behind.
 */
export type EmbedStorage =
  | { readonly inMemory: true; readonly database?: undefined }
  | { readonly database: EmbedDatabase; readonly inMemory?: undefined }

export type EmbedOptions = EmbedStorage & {
  /** Marks this deployment's credentials at every registry. Never change it. */
  readonly deploymentId: string
  /**
   * The registries, each with the adapter of its type, such as `quayRegistry` of `@pull-secret/registry-quay` or {@link
   * inMemoryRegistry}.
   */
  readonly registries: ReadonlyArray<RegistrySetup>
  /** Seconds between runs of recovery, which finishes what calls left; 0 to 86 400, 0: never. Default: 60. */
  readonly recoverEverySeconds?: number
  /**
   * A cluster id must match one of these patterns as a whole; flags do not count. Default: as the server's
   * `server.cluster_id_patterns`.
   */
  readonly clusterIdPatterns?: ReadonlyArray<RegExp>
  /** Cloud providers that `generate` accepts. Default: as the server's `server.cloud_providers`. */
  readonly cloudProviders?: ReadonlyArray<string>
  /** Where the service logs; it never logs a secret. Default: nowhere. */
  readonly logger?: Logger
}

const names: Readonly<Record<keyof EmbedOptions, true>> = {
  deploymentId: true,
  inMemory: true,
  database: true,
  registries: true,
  recoverEverySeconds: true,
  clusterIdPatterns: true,
  cloudProviders: true,
  logger: true,
}

export const embedOptionNames: ReadonlyArray<string> = Object.keys(names)

type Unchecked<A> = { readonly [Name in keyof A]?: unknown }

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const isAbsentOr = (isRight: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || isRight(value)

const demand = (holds: boolean, field: string, rule: string): ReadonlyArray<StartFault> =>
  holds ? [] : [{ field, message: `${field} ${rule}` }]

const faultsOfDatabase = (database: unknown): ReadonlyArray<StartFault> =>
  isRecord(database)
    ? [
        ...demand(isText(database['url']), 'database.url', 'must be the address of a database'),
        ...demand(isText(database['keyRingFile']), 'database.keyRingFile', 'must be the path of a file'),
        ...demand(isAbsentOr(isRecord, database['tls']), 'database.tls', 'must be an object with mode or caFile'),
      ]
    : demand(false, 'database', 'must be an object with url and keyRingFile')

/** Data that must last is not kept in memory because an option was left out, or is undefined by mistake. */
const faultsOfStorage = ({ inMemory, database }: Unchecked<EmbedStorage>): ReadonlyArray<StartFault> => {
  if ((inMemory === true) === (database !== undefined))
    return [{ field: 'database', message: 'either inMemory: true or database must be given, and not both' }]
  return database === undefined ? [] : faultsOfDatabase(database)
}

const faultsOfRegistry = (registry: unknown, place: number): ReadonlyArray<StartFault> => {
  const field = `registries.${String(place)}`
  return isRecord(registry)
    ? [
        ...demand(isText(registry['id']), `${field}.id`, 'must be the id of a registry'),
        ...demand(
          isRecord(registry['adapter']) && typeof registry['adapter']['open'] === 'function',
          `${field}.adapter`,
          'must be the adapter of a registry type',
        ),
      ]
    : demand(false, field, 'must be an object with id and adapter')
}

/** What is missing, or of another kind than the types say; the service checks the values themselves. */
export const faultsOfOptions = (options: Unchecked<EmbedOptions>): ReadonlyArray<StartFault> => {
  const { deploymentId, registries, clusterIdPatterns, cloudProviders } = options
  return [
    ...demand(isText(deploymentId), 'deploymentId', 'must be a text that is not empty'),
    ...faultsOfStorage(options),
    ...(Array.isArray(registries)
      ? registries.flatMap(faultsOfRegistry)
      : demand(false, 'registries', 'must be a list of registries')),
    ...demand(isAbsentOr(Array.isArray, clusterIdPatterns), 'clusterIdPatterns', 'must be a list'),
    ...demand(isAbsentOr(Array.isArray, cloudProviders), 'cloudProviders', 'must be a list'),
  ]
}
