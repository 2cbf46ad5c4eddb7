import { openServer, type ServerRoot, type StartFault } from '@pull-secret/composition/server'
import { type Config, redactedConfig } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type RunningServer, serve } from './serve.ts'
import { waitAtMost } from './wait-at-most.ts'

export interface RunServerOptions {
  readonly version: string
  /** Where log lines go; standard output by default. */
  readonly logStream?: NodeJS.WritableStream
  /** Called with one sentence for each reason why the service cannot start, and when log lines begin to be lost. */
  readonly reportFault: (sentence: string) => void
  readonly onReady?: (server: RunningServer) => void
  /**
   * Ends the service in order when it aborts, also while it is still starting. Its reason, such as `SIGTERM`, is
   * logged.
   */
  readonly stop: AbortSignal
}

const sentenceOf = ({ field, message }: StartFault): string => (field === undefined ? message : `${field}: ${message}`)

const whenAborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    const settle = (): void => resolve(undefined)
    if (signal.aborted) settle()
    signal.addEventListener('abort', settle, { once: true })
  })

/** What closing the database, the registries and the log may take. */
const closeMilliseconds = ({ server }: Config): number => server.shutdownSeconds * 100

const serveUntilStopped = async (root: ServerRoot, config: Config, options: RunServerOptions): Promise<void> => {
  if (options.stop.aborted) return
  const server = await serve({ root, config, onReady: options.onReady })
  await whenAborted(options.stop)
  root.logger.log('info', 'received a signal', { signal: String(options.stop.reason) })()
  await server.stop()
}

const serveOpened = async (root: ServerRoot, config: Config, options: RunServerOptions): Promise<number> => {
  try {
    root.logger.log('info', 'effective configuration', { configuration: JSON.stringify(redactedConfig(config)) })()
    await serveUntilStopped(root, config, options)
    return 0
  } catch (error) {
    options.reportFault((error as Error).message)
    return 1
  } finally {
    await waitAtMost(closeMilliseconds(config), root.close())
  }
}

type Opening = Awaited<ReturnType<typeof openServer>>

const closeOpened = async (opening: Promise<Opening>): Promise<void> => {
  try {
    const opened = await opening
    if (E.isRight(opened)) await opened.right.close()
  } catch {
    // Nobody serves on it: why it could not be opened no longer matters.
  }
}

/**
 * Serves as configured until `stop` aborts. Resolves with the exit code: 0 after an orderly stop, 1 when the service
 * could not start. The caller has to exit with it: work whose time was up may still be under way.
 */
export const runServer = async (config: Config, options: RunServerOptions): Promise<number> => {
  if (options.stop.aborted) return 0
  const opening = openServer(config, {
    component: 'pull-secret-service',
    version: options.version,
    logStream: options.logStream,
    reportLogLoss: (reason) => options.reportFault(`log lines are lost (${reason}); the service goes on`),
  })
  const opened = await Promise.race([opening, whenAborted(options.stop)])
  if (opened === undefined) {
    await waitAtMost(closeMilliseconds(config), closeOpened(opening))
    return 0
  }
  if (E.isRight(opened)) return serveOpened(opened.right, config, options)
  opened.left.map(sentenceOf).forEach(options.reportFault)
  return 1
}
