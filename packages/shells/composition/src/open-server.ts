import { hostname } from 'node:os'
import type { Config } from '@pull-secret/config'
import {
  type FileProblem,
  keyChecksOf,
  makeNodeClock,
  makeNodeIds,
  makeSparingLog,
  openKeyRing,
} from '@pull-secret/platform-node'
import { makePostgresBudgetSlices, makePostgresReplicaRegister } from '@pull-secret/postgres'
import { makePrometheusMeter, makeWinstonLogger, type WinstonLogger } from '@pull-secret/telemetry'
import * as E from 'fp-ts/lib/Either.js'
import { type EffectiveConfig, effectiveConfig } from './effective-config.ts'
import { makeLateBudgetSlices } from './late-budget-slices.ts'
import { measuredStatements } from './measured-statements.ts'
import { closedAccess, openAccess } from './open-access.ts'
import { openConfiguredDatabase } from './open-configured-database.ts'
import { openConfiguredListener } from './open-configured-listener.ts'
import { openRegistries } from './open-registries.ts'
import { openTraces } from './open-traces.ts'
import { makePresence } from './presence.ts'
import { keyRingFault } from './readable-faults.ts'
import { registrySetupsOf } from './registry-setups.ts'
import { makeReportBug } from './report-bug.ts'
import { makeReportDatabaseFault } from './report-database-fault.ts'
import { startFaults } from './start-checks.ts'
import type { StartFault } from './start-fault.ts'
import { tracedClient } from './traced-client.ts'
import { tracedStatements } from './traced-statements.ts'
import { type ServerRoot, wireServer } from './wire-server.ts'

export interface ServerRootOptions {
  readonly component: string
  readonly version: string
  /** Where log lines go; standard output by default. */
  readonly logStream?: NodeJS.WritableStream
  /** Called with the reason when log lines begin to be lost; the service goes on. */
  readonly reportLogLoss?: (reason: string) => void
  /** Reads only: neither claims the database for this deployment nor records which registries it enables. */
  readonly readOnly?: boolean
  /** Commands of an operator serve nobody; a server does not start without a way to tell callers apart. */
  readonly withoutCallers?: boolean
  /** Applies pending migrations first. */
  readonly migrates?: boolean
}

/** A service of which everything is opened, and whose database nobody has asked yet. */
export interface PreparedServer {
  readonly root: ServerRoot
  /**
   * Says every reason why the service must not answer anybody yet; where it names an outage alone, it may be called
   * again.
   */
  readonly start: () => Promise<ReadonlyArray<StartFault>>
}

const openLogger = (
  { telemetry: { logLevel: level, logFormat: format } }: Config,
  { component, version, logStream: stream, reportLogLoss: reportLoss }: ServerRootOptions,
): WinstonLogger => makeWinstonLogger({ level, format, component, version, hostname: hostname(), stream, reportLoss })

const openParts = async (
  config: EffectiveConfig,
  { component, version, readOnly = false, withoutCallers = false, migrates = false }: ServerRootOptions,
  logger: WinstonLogger,
): Promise<E.Either<ReadonlyArray<StartFault>, PreparedServer>> => {
  const clock = makeNodeClock()
  const meter = makePrometheusMeter({ component, version })
  const keyRing = E.mapLeft((problem: FileProblem) => [keyRingFault(problem)])(
    openKeyRing({
      file: config.encryption.keyRingFile,
      onProblem: ({ message }) => {
        logger.log('error', `key ring: ${message}`)()
      },
    }),
  )
  const { slices, use: useSlices } = makeLateBudgetSlices()
  const sparingLog = makeSparingLog({ logger, clock })
  const traces = await openTraces(config.telemetry.traces, { component, version, sparingLog })
  const tracer = E.isRight(traces) ? traces.right : undefined
  const setups = await registrySetupsOf(config)
  const registries = E.isLeft(setups)
    ? setups
    : await openRegistries(setups.right, {
        deploymentId: config.deployment.id,
        clock,
        logger,
        meter,
        slices,
        aroundClient: tracer === undefined ? undefined : tracedClient(tracer),
      })
  const onFault = makeReportDatabaseFault({ log: sparingLog, meter })
  const database = await openConfiguredDatabase(config.database, {
    logger,
    onFault,
    aroundStatement: measuredStatements(meter, clock, tracer === undefined ? undefined : tracedStatements(tracer)),
  })
  const access = withoutCallers
    ? E.right(closedAccess)
    : await openAccess(config.access, { clock, logger, sparingLog, meter })
  const tls = withoutCallers ? E.right(undefined) : await openConfiguredListener(config, { clock, logger })
  if (
    E.isLeft(registries) ||
    E.isLeft(keyRing) ||
    E.isLeft(database) ||
    E.isLeft(access) ||
    E.isLeft(tls) ||
    E.isLeft(traces)
  ) {
    if (E.isRight(registries)) await registries.right.close()
    if (E.isRight(database)) await database.right.close()
    if (E.isRight(access)) await access.right.close()
    await tracer?.close()
    return E.left(
      [access, tls, keyRing, traces, registries, database].flatMap((part) => (E.isLeft(part) ? part.left : [])),
    )
  }
  useSlices(makePostgresBudgetSlices(database.right))
  const { right: keys } = keyRing
  const self = { id: makeNodeIds().uuid(), component, host: hostname(), version }
  const presence = makePresence({
    replicas: makePostgresReplicaRegister(database.right),
    facts: () => ({ ...self, keyIds: keyChecksOf(keys).map(({ keyId }) => keyId) }),
    onBug: makeReportBug(logger, 'presence'),
  })
  const root = wireServer(config, {
    logger,
    sparingLog,
    meter,
    clock,
    registries: registries.right,
    keyRing: keys,
    database: database.right,
    access: access.right,
    tls: tls.right,
    presence,
    tracer,
  })
  return E.right({
    root,
    start: async () => {
      const faults = await startFaults({
        database: database.right,
        start: readOnly ? root.useCases.inspectStart : root.useCases.start,
        logger,
        isSandbox: config.deployment.sandbox,
        migrates,
      })
      if (faults.length === 0 && !readOnly) await presence.begin()
      return faults
    },
  })
}

/** Opens everything that a configuration names, or says everything that is wrong with it. Does not ask the database. */
export const prepareServer = async (
  config: Config,
  options: ServerRootOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, PreparedServer>> => {
  const logger = openLogger(config, options)
  const prepared = await openParts(effectiveConfig(config), options, logger)
  if (E.isLeft(prepared)) await logger.close()
  return prepared
}

/** Opens a service as configured, or says every reason why it must not start. */
export const openServer = async (
  config: Config,
  options: ServerRootOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, ServerRoot>> => {
  const prepared = await prepareServer(config, options)
  if (E.isLeft(prepared)) return prepared
  const { root, start } = prepared.right
  const faults = await start()
  if (faults.length === 0) return E.right(root)
  await root.close()
  return E.left(faults)
}
