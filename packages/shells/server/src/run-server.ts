import { openServer, type ServerRoot, type StartFault } from '@pull-secret/composition/server'
import { type Config, redactedConfig } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type RunningServer, serve } from './serve.ts'
import { waitAtMost } from './wait-at-most.ts'

/** Where signals come from. */
export interface Signals {
  readonly on: (name: 'SIGTERM' | 'SIGINT', listener: (name: string) => void) => unknown
  readonly off: (name: 'SIGTERM' | 'SIGINT', listener: (name: string) => void) => unknown
}

export interface RunServerOptions {
  readonly version: string
  /** Where log lines go; standard output by default. */
  readonly logStream?: NodeJS.WritableStream
  /** Called with one sentence for each reason why the service cannot start. */
  readonly reportFault: (sentence: string) => void
  readonly onReady?: (server: RunningServer) => void
  /** This process by default. */
  readonly signals?: Signals
}

const sentenceOf = ({ field, message }: StartFault): string => (field === undefined ? message : `${field}: ${message}`)

interface StopSignal {
  readonly received: Promise<string>
  readonly forget: () => void
}

const stopSignalOf = (signals: Signals): StopSignal => {
  const names = ['SIGTERM', 'SIGINT'] as const
  let receive: (name: string) => void = () => undefined
  const received = new Promise<string>((resolve) => {
    receive = resolve
  })
  names.forEach((name) => signals.on(name, receive))
  return { received, forget: () => names.forEach((name) => signals.off(name, receive)) }
}

const serveUntilSignalled = async (root: ServerRoot, config: Config, options: RunServerOptions): Promise<number> => {
  const signal = stopSignalOf(options.signals ?? process)
  try {
    const server = await serve({ root, config, onReady: options.onReady })
    root.logger.log('info', 'received a signal', { signal: await signal.received })()
    await server.stop()
    return 0
  } catch (error) {
    options.reportFault((error as Error).message)
    return 1
  } finally {
    await waitAtMost(config.server.shutdownSeconds * 100, root.close())
    signal.forget()
  }
}

/**
 * Serves as configured until SIGTERM or SIGINT. Resolves with the exit code: 0 after an orderly stop, 1 when the
 * service could not start. The caller has to exit with it: work whose time was up may still be under way.
 */
export const runServer = async (config: Config, options: RunServerOptions): Promise<number> => {
  const opened = await openServer(config, {
    component: 'pull-secret-service',
    version: options.version,
    logStream: options.logStream,
  })
  if (E.isLeft(opened)) {
    opened.left.map(sentenceOf).forEach(options.reportFault)
    return 1
  }
  opened.right.logger.log('info', 'effective configuration', {
    configuration: JSON.stringify(redactedConfig(config)),
  })()
  return serveUntilSignalled(opened.right, config, options)
}
