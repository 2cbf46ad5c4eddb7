import { randomBytes } from 'node:crypto'
import {
  type EmbeddedOptions,
  type EmbeddedRoot,
  embeddedSubject,
  openEmbedded,
  type StartFault,
} from '@pull-secret/composition/embedded'
import { secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { checkOptions } from './check-options.ts'
import { makeClient } from './client.ts'
import { embedOptionNames, type EmbedOptions, type EmbedStorage, faultsOfOptions } from './embed-options.ts'
import { makeEmbeddedOperations } from './embedded-operations.ts'
import { makeOperator } from './make-operator.ts'
import { makePullSecrets } from './make-pull-secrets.ts'
import type { Operator } from './operator.ts'
import { PullSecretError } from './pull-secret-error.ts'
import type { PullSecrets } from './pull-secrets.ts'
import { readVersion } from './version.ts'
import { sleep } from './wait.ts'

const ledgerOf = ({ database }: EmbedStorage): EmbeddedOptions['ledger'] =>
  database === undefined ? 'memory' : { ...database, url: secretText(database.url) }

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
  checkOptions('options', options, embedOptionNames)
  const { deploymentId, registries, logger, recoverEverySeconds, clusterIdPatterns, cloudProviders } = options
  const faults = faultsOfOptions(options)
  if (faults.length > 0) throw startFailed(faults)
  const opened = await openEmbedded({
    deploymentId,
    version: readVersion(),
    ledger: ledgerOf(options),
    registries,
    choices: { recoverEverySeconds, clusterIdPatterns, cloudProviders },
    logger,
  }).catch((error: unknown) => E.left([faultOf(error)]))
  if (E.isLeft(opened)) throw startFailed(opened.left)
  return opened.right
}

const nextTraceId = (): string => randomBytes(16).toString('hex')

/** Two interfaces to one service inside this process. Closing either closes the service. */
export interface EmbeddedService {
  readonly pullSecrets: PullSecrets
  readonly operator: Operator
}

/**
 * Runs the service inside this process as {@link embed} does, and gives its lists too.
 *
 * @throws PullSecretError `START_FAILED`, with every reason in `details.faults`; `INVALID_REQUEST` for an unknown
 * option
 */
export const embedService = async (options: EmbedOptions): Promise<EmbeddedService> => {
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
  const client = makeClient(operations)
  return { pullSecrets: makePullSecrets({ client, sleep }), operator: makeOperator(client) }
}

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
 * @throws PullSecretError `START_FAILED`, with every reason in `details.faults`; `INVALID_REQUEST` for an unknown
 * option
 */
export const embed = async (options: EmbedOptions): Promise<PullSecrets> => (await embedService(options)).pullSecrets
