import { hostname } from 'node:os'
import { openStaticAccess } from '@pull-secret/auth-static'
import type { Config } from '@pull-secret/config'
import type { AccessPolicy, Authenticator, Clock, LedgerReads, Logger, Meter } from '@pull-secret/domain'
import {
  type KeyRing,
  makeAesGcmCipher,
  makeNodeClock,
  makeNodeDigest,
  makeNodeIds,
  openKeyRing,
} from '@pull-secret/platform-node'
import { type Database, majorVersion, openDatabase, pendingMigrations } from '@pull-secret/postgres'
import { makePrometheusMeter, makeWinstonLogger, type PrometheusMeter } from '@pull-secret/telemetry'
import * as E from 'fp-ts/lib/Either.js'
import { describeStartFailure } from './describe-start-failure.ts'
import { type OpenedRegistries, openRegistries, type RegistrySetup } from './open-registries.ts'
import { postgresLedgerParts } from './postgres-ledger-parts.ts'
import type { ReportedHealth } from './registry-health.ts'
import { registryTypes } from './registry-types.ts'
import { resolveUseCases } from './resolve-use-cases.ts'
import type { StartFault } from './start-fault.ts'
import type { UseCases } from './use-cases.ts'
import { ledgerModule, platformModule } from './value-modules.ts'
import { versionFault } from './version-fault.ts'

export { type Migrations, openMigrations } from './migrations.ts'
export type { StartFault } from './start-fault.ts'
export type { UseCases } from './use-cases.ts'
export { generateKeyRing } from '@pull-secret/platform-node'

/** Everything an HTTP server or an operator's command needs, wired and checked. */
export interface ServerRoot {
  readonly useCases: UseCases
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
  readonly reads: LedgerReads
  /** How the last call to each configured registry went. Asks nobody. */
  readonly registryStates: () => ReadonlyArray<ReportedHealth>
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter & Pick<PrometheusMeter, 'render' | 'contentType'>
  /** Ends every connection; rejects nothing. */
  readonly close: () => Promise<void>
}

export interface ServerRootOptions {
  readonly component: string
  readonly version: string
  /** Where log lines go; standard output where not said. */
  readonly logStream?: NodeJS.WritableStream
  /** Only looks: the database is neither given to this deployment nor told which registries it enables. */
  readonly onlyLooks?: boolean
}

const setupsOf = async (config: Config): Promise<E.Either<ReadonlyArray<StartFault>, ReadonlyArray<RegistrySetup>>> => {
  const known = Object.keys(registryTypes)
  const faults = config.registries.flatMap((registry, index) =>
    known.includes(registry.type)
      ? []
      : [
          {
            field: `registries.${String(index)}.type`,
            message: `registry ${registry.id}: type must be one of ${known.join(', ')}`,
          },
        ],
  )
  if (faults.length > 0) return E.left(faults)
  return E.right(
    await Promise.all(
      config.registries.map(async (registry): Promise<RegistrySetup> => {
        const load = registryTypes[registry.type]
        if (load === undefined) throw new Error('a registry type was checked and is unknown')
        return { ...registry, adapter: await load() }
      }),
    ),
  )
}

const accessFault = (config: Config): ReadonlyArray<StartFault> =>
  config.deployment.sandbox
    ? []
    : [
        {
          field: 'access.type',
          message: 'static access is for a sandbox only: set deployment.sandbox to say that this is one',
        },
      ]

const openingDatabase = (config: Config, logger: Logger): Promise<Database> =>
  openDatabase({
    url: config.database.url,
    poolSize: config.database.poolSize,
    preparedStatements: config.database.preparedStatements,
    logger,
    statementTimeoutSeconds: config.database.statementTimeoutSeconds,
    tls: config.database.tls.mode === 'verify-full' ? { caFile: config.database.tls.caFile } : undefined,
  })

interface Parts {
  readonly logger: Logger
  readonly meter: PrometheusMeter
  readonly clock: Clock
  readonly opened: OpenedRegistries
}

const wire = (config: Config, parts: Parts, keyRing: KeyRing, database: Database): ServerRoot => {
  const { logger, meter, clock, opened } = parts
  const ledger = postgresLedgerParts(database)
  const useCases = resolveUseCases([
    platformModule({
      settings: { deploymentId: config.deployment.id, recoveryBatchSize: config.jobs.recovery.batchSize },
      clock,
      ids: makeNodeIds(),
      cipher: makeAesGcmCipher({ keyRing }),
      digest: makeNodeDigest(),
      logger,
      meter,
      registries: opened.registries,
    }),
    ledgerModule(ledger),
  ])
  const access = openStaticAccess({
    file: config.access.tokensFile,
    onProblem: ({ message }) => {
      logger.log('error', `access tokens: ${message}`)()
    },
  })
  return {
    useCases,
    ...access,
    reads: ledger.reads,
    registryStates: opened.states,
    clock,
    logger,
    meter,
    close: async () => {
      await opened.close()
      await database.close()
    },
  }
}

/**
 * PostgreSQL's codes for a prepared statement that is there already, or not there: a pooler gave the statements to
 * another session.
 */
const pooledStatements = new Set(['42P05', '26000'])

const databaseFault = (error: unknown): StartFault =>
  pooledStatements.has(String((error as { readonly code?: unknown } | null)?.code))
    ? {
        field: 'database.prepared_statements',
        message: 'the database is behind a pooler in transaction mode: set database.prepared_statements to false',
      }
    : {
        field: 'database',
        message: 'the database cannot be used: check its address, database.tls.ca_file and the rights of its user',
      }

const schemaFault = async (database: Database): Promise<ReadonlyArray<StartFault>> => {
  try {
    const outdated = versionFault(await majorVersion(database))
    if (outdated.length > 0) return outdated
    const pending = await pendingMigrations(database)
    return pending.length === 0
      ? []
      : [
          {
            field: 'database',
            message: `the database lacks ${String(pending.length)} migration(s): run pull-secret migrate`,
          },
        ]
  } catch {
    return [{ field: 'database', message: 'the database does not answer' }]
  }
}

const checkStart = async (
  { useCases }: ServerRoot,
  database: Database,
  onlyLooks: boolean,
): Promise<ReadonlyArray<StartFault>> => {
  const faults = await schemaFault(database)
  if (faults.length > 0) return faults
  try {
    const started = await (onlyLooks ? useCases.inspectStart : useCases.start)()
    return E.isLeft(started) ? [describeStartFailure(started.left)] : []
  } catch (error) {
    return [databaseFault(error)]
  }
}

const tryOpeningDatabase = async (
  config: Config,
  logger: Logger,
): Promise<E.Either<ReadonlyArray<StartFault>, Database>> => {
  try {
    return E.right(await openingDatabase(config, logger))
  } catch (error) {
    return E.left([databaseFault(error)])
  }
}

/** Opens a service as configured, or says every reason why it must not start. */
export const openServer = async (
  config: Config,
  options: ServerRootOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, ServerRoot>> => {
  const clock = makeNodeClock()
  const logger = makeWinstonLogger({
    level: config.telemetry.logLevel,
    format: config.telemetry.logFormat,
    component: options.component,
    version: options.version,
    hostname: hostname(),
    stream: options.logStream,
  })
  const meter = makePrometheusMeter({ component: options.component, version: options.version })
  const keyRing = openKeyRing({
    file: config.encryption.keyRingFile,
    onProblem: ({ message }) => {
      logger.log('error', `key ring: ${message}`)()
    },
  })
  const setups = await setupsOf(config)
  const opened = E.isLeft(setups)
    ? setups
    : await openRegistries(setups.right, { deploymentId: config.deployment.id, clock, logger, meter })
  if (E.isLeft(opened) || E.isLeft(keyRing) || accessFault(config).length > 0) {
    if (E.isRight(opened)) await opened.right.close()
    return E.left([
      ...accessFault(config),
      ...(E.isLeft(keyRing) ? [{ field: 'encryption.key_ring_file', message: keyRing.left.message }] : []),
      ...(E.isLeft(opened) ? opened.left : []),
    ])
  }
  const database = await tryOpeningDatabase(config, logger)
  if (E.isLeft(database)) {
    await opened.right.close()
    return database
  }
  const root = wire(config, { logger, meter, clock, opened: opened.right }, keyRing.right, database.right)
  const faults = await checkStart(root, database.right, options.onlyLooks === true)
  if (faults.length === 0) return E.right(root)
  await root.close()
  return E.left(faults)
}
export { secretText } from '@pull-secret/domain'
