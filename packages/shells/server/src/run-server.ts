import { effectiveConfig, type PreparedServer, prepareServer, type StartFault } from '@pull-secret/composition/server'
import { type Config, redactedConfig } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { awaitDatabase, isOutage } from './await-database.ts'
import { type ListeningServer, openPorts, type RunningServer } from './serve.ts'
import { unlessAborted } from './unless-aborted.ts'
import { waitAtMost } from './wait-at-most.ts'

export interface RunServerOptions {
  readonly version: string
  /** Where log lines go; standard output by default. */
  readonly logStream?: NodeJS.WritableStream
  /** Called with one sentence for each reason why the service cannot start, and when log lines begin to be lost. */
  readonly reportFault: (sentence: string) => void
  /** Called when it answers probes and waits for its database. */
  readonly onWaiting?: (server: RunningServer) => void
  readonly onReady?: (server: RunningServer) => void
  /** Applies pending migrations before it serves. */
  readonly migrates?: boolean
  /**
   * Ends the service in order when it aborts, also while it is still starting. Its reason, such as `SIGTERM`, is
   * logged.
   */
  readonly stop: AbortSignal
}

type Faults = ReadonlyArray<StartFault>

const sentenceOf = ({ field, message }: StartFault): string => (field === undefined ? message : `${field}: ${message}`)

/** What closing the database, the registries and the log may take. */
const closeMilliseconds = ({ server }: Config): number => server.shutdownSeconds * 100

const failed = (faults: Faults, { reportFault }: RunServerOptions): number => {
  faults.map(sentenceOf).forEach(reportFault)
  return 1
}

const untilAborted = (signal: AbortSignal): Promise<undefined> =>
  unlessAborted(signal, new Promise<never>(() => undefined))

/** Waits for the database where it is away, and serves until it is stopped. */
const serveWhenStarted = async (
  prepared: PreparedServer,
  faults: Faults,
  server: ListeningServer,
  options: RunServerOptions,
): Promise<number> => {
  const { logger } = prepared.root
  const { stop, onWaiting } = options
  if (faults.length > 0) {
    onWaiting?.(server)
    const later = await awaitDatabase(prepared, faults, stop)
    if (later !== undefined && later.length > 0) return failed(later, options)
  }
  if (!stop.aborted) server.accept()
  await untilAborted(stop)
  logger.log('info', 'received a signal', { signal: String(stop.reason) })()
  return 0
}

const runPrepared = async (prepared: PreparedServer, config: Config, options: RunServerOptions): Promise<number> => {
  const { root, start } = prepared
  const faults = await unlessAborted(options.stop, start())
  if (faults === undefined) return 0
  if (faults.length > 0 && !isOutage(faults)) return failed(faults, options)
  const configuration = JSON.stringify(redactedConfig(effectiveConfig(config)))
  root.logger.log('info', 'effective configuration', { configuration })()
  const server = await openPorts({ root, config, onReady: options.onReady })
  try {
    return await serveWhenStarted(prepared, faults, server, options)
  } finally {
    await server.stop()
  }
}

const closeOpened = async (preparing: ReturnType<typeof prepareServer>): Promise<void> => {
  try {
    const prepared = await preparing
    if (E.isRight(prepared)) await prepared.right.root.close()
  } catch {
    // Nobody serves on it: why it could not be opened no longer matters.
  }
}

/**
 * Serves as configured until `stop` aborts, and waits for its database where that is away. Resolves with the exit
 * code: 0 after an orderly stop, 1 when the service could not start. The caller has to exit with it: work whose time
 * was up may still be under way.
 */
export const runServer = async (config: Config, options: RunServerOptions): Promise<number> => {
  if (options.stop.aborted) return 0
  const preparing = prepareServer(config, {
    component: 'pull-secret-service',
    version: options.version,
    logStream: options.logStream,
    migrates: options.migrates,
    reportLogLoss: (reason) => options.reportFault(`log lines are lost (${reason}); the service goes on`),
  })
  const prepared = await unlessAborted(options.stop, preparing)
  if (prepared === undefined) {
    await waitAtMost(closeMilliseconds(config), closeOpened(preparing))
    return 0
  }
  if (E.isLeft(prepared)) return failed(prepared.left, options)
  try {
    return await runPrepared(prepared.right, config, options)
  } catch (error) {
    options.reportFault((error as Error).message)
    return 1
  } finally {
    await waitAtMost(closeMilliseconds(config), prepared.right.root.close())
  }
}
