import { reportThrown } from '@pull-secret/api'
import { defaultOf } from '@pull-secret/config'
import type { Logger, SecretText } from '@pull-secret/domain'
import {
  makeInMemoryCipher,
  makeInMemoryClock,
  makeInMemoryDigest,
  makeInMemoryIds,
  makeInMemoryLedger,
  makeLedgerTables,
  makeSilentLogger,
  makeSilentMeter,
} from '@pull-secret/in-memory'
import * as E from 'fp-ts/lib/Either.js'
import { describeStartFailure } from './describe-start-failure.ts'
import { type EmbeddedChoices, embeddedSettings } from './embedded-settings.ts'
import { openRegistries, type RegistrySetup } from './open-registries.ts'
import { resolveService, type Service } from './resolve-service.ts'
import type { StartFault } from './start-fault.ts'
import type { LedgerParts, PlatformParts } from './tokens.ts'

export { type EmbeddedChoices, embeddedSubject } from './embedded-settings.ts'
export type { RegistrySetup } from './open-registries.ts'
export type { StartFault } from './start-fault.ts'
export { inMemoryRegistry } from '@pull-secret/in-memory'

/** A ledger in PostgreSQL, its tokens sealed under a key ring file. Needs the packages of both. */
export interface EmbeddedDatabase {
  readonly url: SecretText
  readonly keyRingFile: string
  /** False behind a transaction-mode pooler; true by default. */
  readonly preparedStatements?: boolean
  readonly tls?: { readonly caFile?: string }
}

export interface EmbeddedOptions {
  /** Marks this deployment's objects at every vendor; never changes. */
  readonly deploymentId: string
  /** `memory`: everything ends with the process. */
  readonly ledger: 'memory' | EmbeddedDatabase
  readonly registries: ReadonlyArray<RegistrySetup>
  readonly choices?: EmbeddedChoices
  readonly logger?: Logger
}

export interface EmbeddedRoot extends Service {
  readonly close: () => Promise<void>
}

type Storage = LedgerParts & Pick<PlatformParts, 'cipher'> & { readonly close: () => Promise<void> }

const inMemoryStorage = (): Storage => {
  const tables = makeLedgerTables()
  return {
    ...makeInMemoryLedger({ tables, clock: makeInMemoryClock() }),
    cipher: makeInMemoryCipher(),
    close: () => Promise.resolve(),
  }
}

const databaseStorage = async (
  options: EmbeddedDatabase,
  logger: Logger,
): Promise<E.Either<ReadonlyArray<StartFault>, Storage>> => {
  const [{ openDatabase, migrate }, { postgresLedgerParts }, { makeAesGcmCipher, openKeyRing }] = await Promise.all([
    import('@pull-secret/postgres'),
    import('./postgres-ledger-parts.ts'),
    import('@pull-secret/platform-node'),
  ])
  const keyRing = openKeyRing({
    file: options.keyRingFile,
    onProblem: ({ message }) => {
      logger.log('error', `key ring: ${message}`)()
    },
  })
  if (E.isLeft(keyRing)) return E.left([{ field: 'keyRingFile', message: keyRing.left.message }])
  const database = await openDatabase({
    url: options.url,
    poolSize: defaultOf('database.pool_size'),
    statementTimeoutSeconds: defaultOf('database.statement_timeout_seconds'),
    preparedStatements: options.preparedStatements ?? defaultOf('database.prepared_statements'),
    tls: options.tls,
    logger,
  })
  try {
    await migrate(database)
  } catch {
    await database.close()
    return E.left([
      { field: 'database', message: 'the database is unavailable, or its user may not migrate the schema' },
    ])
  }
  return E.right({
    ...postgresLedgerParts(database),
    cipher: makeAesGcmCipher({ keyRing: keyRing.right }),
    close: database.close,
  })
}

/** Opens the service inside this process, or says every reason why it cannot be. */
export const openEmbedded = async (
  options: EmbeddedOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, EmbeddedRoot>> => {
  const { deploymentId, choices = {}, logger = makeSilentLogger() } = options
  const settings = embeddedSettings(deploymentId, choices)
  if (E.isLeft(settings)) return settings
  const clock = makeInMemoryClock()
  const meter = makeSilentMeter()
  const opened = await openRegistries(options.registries, { deploymentId, clock, logger, meter })
  if (E.isLeft(opened)) return opened
  const storage =
    options.ledger === 'memory' ? E.right(inMemoryStorage()) : await databaseStorage(options.ledger, logger)
  if (E.isLeft(storage)) {
    await opened.right.close()
    return storage
  }
  const close = async (): Promise<void> => {
    await opened.right.close()
    await storage.right.close()
  }
  const service = resolveService({
    settings: settings.right,
    ledger: storage.right,
    platform: {
      clock,
      ids: makeInMemoryIds(),
      cipher: storage.right.cipher,
      digest: makeInMemoryDigest(),
      logger,
      meter,
    },
    registries: opened.right.registries,
  })
  const started = await service.useCases.start()
  if (E.isRight(started)) return E.right({ ...service, api: reportThrown(service.api, logger), close })
  await close()
  return E.left([describeStartFailure(started.left)])
}
