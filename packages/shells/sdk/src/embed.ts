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
 * A ledger in PostgreSQL 15 or newer, migrated when it is opened, its tokens sealed under a key ring. Needs
 * `@pull-secret/postgres` and `@pull-secret/platform-node`.
 */
export interface EmbedDatabase {
  /** `postgres://user:password@host:port/name` */
  readonly url: string
  /** The keys that seal tokens; the file is read again when it changes. */
  readonly keyRingFile: string
  /** False behind a transaction-mode pooler; true where not said. */
  readonly preparedStatements?: boolean
  /** Present: TLS, the server's name verified, by the system's CAs or those of `caFile`. */
  readonly tls?: { readonly caFile?: string }
}

/**
 * Where the service keeps what it knows. In memory everything ends with the process, and credentials made at real
 * registries are left there.
 */
export type EmbedStorage =
  | { readonly inMemory: true; readonly database?: undefined }
  | { readonly database: EmbedDatabase; readonly inMemory?: undefined }

export type EmbedOptions = EmbedStorage & {
  /** Marks this deployment's credentials at every registry. Never change it. */
  readonly deploymentId: string
  /**
   * The registries and the adapters of their types, such as `quayRegistry` of `@pull-secret/registry-quay` or {@link
   * inMemoryRegistry}.
   */
  readonly registries: ReadonlyArray<RegistrySetup>
  /** How often the service finishes what calls left, in seconds; 60 where not said, and 0: never by itself. */
  readonly recoverEverySeconds?: number
  /** What a cluster id must match, one pattern at least; as a server's `server.cluster_id_patterns` where not said. */
  readonly clusterIdPatterns?: ReadonlyArray<RegExp>
  /** Cloud providers that `generate` accepts; as a server's `server.cloud_providers` where not said. */
  readonly cloudProviders?: ReadonlyArray<string>
  /** Where the service writes what it meets; nowhere where not said. It never gets a secret. */
  readonly logger?: Logger
}

const ledgerOf = ({ database }: EmbedStorage): EmbeddedOptions['ledger'] =>
  database === undefined ? 'memory' : { ...database, url: secretText(database.url) }

const startFailed = (faults: ReadonlyArray<StartFault>): PullSecretError =>
  new PullSecretError('START_FAILED', faults.map(({ message }) => message).join('; '), { details: { faults } })

const isMissingPackage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'

/** Text of an unknown error is dropped: it may hold the database's password. */
const faultOf = (error: unknown): StartFault =>
  isMissingPackage(error)
    ? {
        field: 'database',
        message: 'a database needs the packages @pull-secret/postgres and @pull-secret/platform-node',
      }
    : { message: 'the service could not be opened' }

const open = async (options: EmbedOptions): Promise<EmbeddedRoot> => {
  const { deploymentId, registries, logger, recoverEverySeconds, clusterIdPatterns, cloudProviders } = options
  const opened = await openEmbedded({
    deploymentId,
    ledger: ledgerOf(options),
    registries,
    recoveryIntervalSeconds: recoverEverySeconds,
    limits: { clusterIdPatterns, cloudProviders },
    logger,
  }).catch((error: unknown) => E.left([faultOf(error)]))
  if (E.isLeft(opened)) throw startFailed(opened.left)
  return opened.right
}

const nextTraceId = (): string => randomBytes(16).toString('hex')

/**
 * Runs the service inside this process: no server, the same interface.
 *
 * Calls reach their registries at once; what they leave unfinished is finished by a loop in the background, which keeps
 * no process alive. Several processes may embed the same database. A failed call is not repeated here as `connect`
 * would: `retryAfterSeconds` says when to ask again.
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
