import { randomBytes } from 'node:crypto'
import {
  type EmbeddedOptions,
  type EmbeddedRoot,
  embeddedSubject,
  openEmbedded,
  type RegistrySetup,
  type StartFault,
} from '@pull-secret/composition/embedded'
import { type Logger, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { makeEmbeddedOperations } from './embedded-operations.ts'
import { makePullSecrets } from './make-pull-secrets.ts'
import { PullSecretError } from './pull-secret-error.ts'
import type { PullSecrets } from './pull-secrets.ts'
import { sleep } from './wait.ts'

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

/** Data that must last is not to be kept in memory because an option was left out, or undefined. */
const ledgerOf = ({
  inMemory,
  database,
}: EmbedStorage): E.Either<ReadonlyArray<StartFault>, EmbeddedOptions['ledger']> => {
  const keepsInMemory: unknown = inMemory
  const given = database ?? undefined
  if ((keepsInMemory === true) === (given !== undefined))
    return E.left([{ field: 'database', message: 'either inMemory: true or database must be given, and not both' }])
  return E.right(given === undefined ? 'memory' : { ...given, url: secretText(given.url) })
}

const startFailed = (faults: ReadonlyArray<StartFault>): PullSecretError =>
  new PullSecretError('START_FAILED', faults.map(({ message }) => message).join('; '), { details: { faults } })

const isMissingPackage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'

/** The message of an unknown error is dropped: it may contain the password of the database. */
const faultOf = (error: unknown): StartFault =>
  isMissingPackage(error)
    ? {
        field: 'database',
        message: 'a database requires the packages @pull-secret/postgres and @pull-secret/platform-node: install them',
      }
    : { message: 'the service could not start' }

const open = async (options: EmbedOptions): Promise<EmbeddedRoot> => {
  const { deploymentId, registries, logger, recoverEverySeconds, clusterIdPatterns, cloudProviders } = options
  const ledger = ledgerOf(options)
  if (E.isLeft(ledger)) throw startFailed(ledger.left)
  const opened = await openEmbedded({
    deploymentId,
    ledger: ledger.right,
    registries,
    choices: { recoverEverySeconds, clusterIdPatterns, cloudProviders },
    logger,
  }).catch((error: unknown) => E.left([faultOf(error)]))
  if (E.isLeft(opened)) throw startFailed(opened.left)
  return opened.right
}

const nextTraceId = (): string => randomBytes(16).toString('hex')

/**
 * Runs the service inside this process, behind the same interface as {@link connect}.
 *
 * Calls reach their registries at once. A job in the background finishes what they leave unfinished; it does not keep
 * the process alive. Several processes may embed the service on the same database. A failed call is not retried as
 * `connect` would: `retryAfterSeconds` says when to retry.
 *
 * @example
 * const pullSecrets = await embed({
 *   deploymentId: 'dev',
 *   inMemory: true,
 *   registries: [{ id: 'quay', adapter: inMemoryRegistry('quay.io') }],
 * })
 * const { dockerConfigJson } = await pullSecrets.generate('cls-abc123')
 *
 * @throws PullSecretError `START_FAILED`, with every reason in `details.faults`
 */
export const embed = async (options: EmbedOptions): Promise<PullSecrets> => {
  const { api, jobs, close } = await open(options)
  jobs.start()
  const operations = makeEmbeddedOperations({
    api,
    subject: embeddedSubject,
    nextTraceId,
    close: async () => {
      await jobs.stop()
      await close()
    },
  })
  return makePullSecrets({ operations, sleep })
}
