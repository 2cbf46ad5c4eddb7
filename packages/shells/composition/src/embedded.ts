import { hostname } from 'node:os'
import { reportThrown } from '@pull-secret/api'
import type { BudgetSlices, Logger, Meter } from '@pull-secret/domain'
import {
  makeInMemoryBudgetSlices,
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
import { startFaultOf } from './database-start-fault.ts'
import { describeStartFailure } from './describe-start-failure.ts'
import { durabilityFault } from './durability-fault.ts'
import { type EmbeddedDatabase, embeddedDatabaseSettings } from './embedded-database-settings.ts'
import { type EmbeddedChoices, embeddedSettings, embeddedSubject } from './embedded-settings.ts'
import { makeLateBudgetSlices } from './late-budget-slices.ts'
import { openRegistries } from './open-registries.ts'
import { makePresence } from './presence.ts'
import type { RegistrySetup } from './registry-setup.ts'
import { makeReportBug } from './report-bug.ts'
import { resolveService, type Service } from './resolve-service.ts'
import type { StartFault } from './start-fault.ts'
import type { LedgerParts, PlatformParts } from './tokens.ts'

export type { EmbeddedDatabase } from './embedded-database-settings.ts'
export { type EmbeddedChoices, embeddedSubject } from './embedded-settings.ts'
export type { RegistrySetup } from './registry-setup.ts'
export type { StartFault } from './start-fault.ts'
export { inMemoryRegistry } from '@pull-secret/in-memory'

export interface EmbeddedOptions {
  /** Marks this deployment's objects at every vendor; never changes. */
  readonly deploymentId: string
  /** The release of the embedding package. */
  readonly version: string
  /** `memory`: everything ends with the process. */
  readonly ledger: 'memory' | EmbeddedDatabase
  readonly registries: ReadonlyArray<RegistrySetup>
  readonly choices?: EmbeddedChoices
  readonly logger?: Logger
  readonly meter?: Meter
}

export interface EmbeddedRoot extends Service {
  readonly close: () => Promise<void>
}

type Storage = LedgerParts &
  Pick<PlatformParts, 'cipher' | 'keyChecks'> & { readonly slices: BudgetSlices; readonly close: () => Promise<void> }

const inMemoryStorage = (): Storage => {
  const tables = makeLedgerTables()
  return {
    ...makeInMemoryLedger({ tables, clock: makeInMemoryClock() }),
    cipher: makeInMemoryCipher(),
    keyChecks: [],
    slices: makeInMemoryBudgetSlices({ budgets: new Map(), clock: makeInMemoryClock() }),
    close: () => Promise.resolve(),
  }
}

const databaseStorage = async (
  options: EmbeddedDatabase,
  { clock, logger, meter }: Pick<PlatformParts, 'clock' | 'logger' | 'meter'>,
): Promise<E.Either<ReadonlyArray<StartFault>, Storage>> => {
  const settings = embeddedDatabaseSettings(options)
  if (E.isLeft(settings)) return settings
  const [postgres, platform, { openConfiguredDatabase }, { postgresLedgerParts }, reporting] = await Promise.all([
    import('@pull-secret/postgres'),
    import('@pull-secret/platform-node'),
    import('./open-configured-database.ts'),
    import('./postgres-ledger-parts.ts'),
    import('./report-database-fault.ts'),
  ])
  const keyRing = platform.openKeyRing({
    file: options.keyRingFile,
    onProblem: ({ message }) => {
      logger.log('error', `key ring: ${message}`)()
    },
  })
  if (E.isLeft(keyRing)) return E.left([{ field: 'keyRingFile', message: keyRing.left.message }])
  const log = platform.makeSparingLog({ logger, clock })
  const opened = await openConfiguredDatabase(settings.right, {
    logger,
    onFault: reporting.makeReportDatabaseFault({ log, meter }),
  })
  if (E.isLeft(opened)) return opened
  const database = opened.right
  const refuse = async (faults: ReadonlyArray<StartFault>): Promise<E.Either<ReadonlyArray<StartFault>, never>> => {
    await database.close()
    return E.left(faults)
  }
  try {
    await postgres.migrate(database)
    const faults = durabilityFault(await postgres.durabilityOf(database), { isSandbox: options.sandbox ?? false })
    if (faults.length > 0) return await refuse(faults)
  } catch (error) {
    return refuse([startFaultOf(database.faultOf(error))])
  }
  return E.right({
    ...postgresLedgerParts(database),
    cipher: platform.makeAesGcmCipher({ keyRing: keyRing.right, log, meter }),
    keyChecks: platform.keyChecksOf(keyRing.right),
    slices: postgres.makePostgresBudgetSlices(database),
    close: database.close,
  })
}

/** Opens the service inside this process, or says every reason why it cannot be. */
export const openEmbedded = async (
  options: EmbeddedOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, EmbeddedRoot>> => {
  const { deploymentId, choices = {}, logger = makeSilentLogger(), meter = makeSilentMeter() } = options
  const settings = embeddedSettings(deploymentId, choices)
  if (E.isLeft(settings)) return settings
  const clock = makeInMemoryClock()
  const { slices, use: useSlices } = makeLateBudgetSlices()
  const opened = await openRegistries(options.registries, { deploymentId, clock, logger, meter, slices })
  if (E.isLeft(opened)) return opened
  const storage =
    options.ledger === 'memory'
      ? E.right(inMemoryStorage())
      : await databaseStorage(options.ledger, { clock, logger, meter })
  if (E.isLeft(storage)) {
    await opened.right.close()
    return storage
  }
  useSlices(storage.right.slices)
  const self = { id: makeInMemoryIds().uuid(), component: embeddedSubject, host: hostname(), version: options.version }
  const presence = makePresence({
    replicas: storage.right.replicas,
    facts: () => ({ ...self, keyIds: storage.right.keyChecks.map(({ keyId }) => keyId) }),
    onBug: makeReportBug(logger, 'presence'),
  })
  const close = async (): Promise<void> => {
    await presence.end()
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
      keyChecks: storage.right.keyChecks,
      digest: makeInMemoryDigest(),
      logger,
      meter,
    },
    registries: opened.right.registries,
  })
  const started = await service.useCases.start()
  if (E.isRight(started)) {
    await presence.begin()
    return E.right({ ...service, api: reportThrown(service.api, logger), close })
  }
  await close()
  return E.left([describeStartFailure(started.left)])
}
