import { hostname } from 'node:os'
import type { Config } from '@pull-secret/config'
import { makeNodeClock, makeSparingLog, openKeyRing } from '@pull-secret/platform-node'
import { makePrometheusMeter, makeWinstonLogger, type WinstonLogger } from '@pull-secret/telemetry'
import * as E from 'fp-ts/lib/Either.js'
import { openConfiguredDatabase } from './open-configured-database.ts'
import { openRegistries } from './open-registries.ts'
import { keyRingFault, tokenFileFaults } from './readable-faults.ts'
import { registrySetupsOf } from './registry-setups.ts'
import { makeReportDatabaseFault } from './report-database-fault.ts'
import { startFaults } from './start-checks.ts'
import type { StartFault } from './start-fault.ts'
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
  /** Commands of an operator do without the file that tells callers apart; a server does not start without it. */
  readonly withoutCallers?: boolean
}

const openLogger = (
  { telemetry: { logLevel: level, logFormat: format } }: Config,
  { component, version, logStream: stream, reportLogLoss: reportLoss }: ServerRootOptions,
): WinstonLogger => makeWinstonLogger({ level, format, component, version, hostname: hostname(), stream, reportLoss })

const openParts = async (
  config: Config,
  { component, version, readOnly = false, withoutCallers = false }: ServerRootOptions,
  logger: WinstonLogger,
): Promise<E.Either<ReadonlyArray<StartFault>, ServerRoot>> => {
  const clock = makeNodeClock()
  const meter = makePrometheusMeter({ component, version })
  const keyRing = openKeyRing({
    file: config.encryption.keyRingFile,
    onProblem: ({ message }) => {
      logger.log('error', `key ring: ${message}`)()
    },
  })
  const setups = await registrySetupsOf(config)
  const registries = E.isLeft(setups)
    ? setups
    : await openRegistries(setups.right, { deploymentId: config.deployment.id, clock, logger, meter })
  const sparingLog = makeSparingLog({ logger, clock })
  const onFault = makeReportDatabaseFault({ log: sparingLog, meter })
  const database = await openConfiguredDatabase(config.database, { logger, onFault })
  const accessFaults = withoutCallers ? [] : tokenFileFaults(config.access.tokensFile)
  if (E.isLeft(registries) || E.isLeft(keyRing) || E.isLeft(database) || accessFaults.length > 0) {
    if (E.isRight(registries)) await registries.right.close()
    if (E.isRight(database)) await database.right.close()
    return E.left([
      ...accessFaults,
      ...(E.isLeft(keyRing) ? [keyRingFault(keyRing.left)] : []),
      ...(E.isLeft(registries) ? registries.left : []),
      ...(E.isLeft(database) ? database.left : []),
    ])
  }
  const root = wireServer(config, {
    logger,
    sparingLog,
    meter,
    clock,
    registries: registries.right,
    keyRing: keyRing.right,
    database: database.right,
  })
  const faults = await startFaults(database.right, readOnly ? root.useCases.inspectStart : root.useCases.start, logger)
  if (faults.length === 0) return E.right(root)
  await root.close()
  return E.left(faults)
}

/** Opens a service as configured, or says every reason why it must not start. */
export const openServer = async (
  config: Config,
  options: ServerRootOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, ServerRoot>> => {
  const logger = openLogger(config, options)
  const opened = await openParts(config, options, logger)
  if (E.isLeft(opened)) await logger.close()
  return opened
}
