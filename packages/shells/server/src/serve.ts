import type { RequestListener } from 'node:http'
import { isClusterId } from '@pull-secret/api'
import type { ServerRoot } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import { type AnsweredError, metricsPortOperations, probeOperations } from '@pull-secret/wire'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admit } from './admission.ts'
import { makeAnswerMalformed } from './answer-malformed.ts'
import { apiRoutes } from './api-routes.ts'
import type { ServedRoute } from './call.ts'
import { makeClientAddress } from './client-address.ts'
import { descriptionRoutes } from './description-routes.ts'
import { type Exchanges, makeExchanges } from './exchange.ts'
import { makeExpressApp } from './express-app.ts'
import { type ArrivalLimits, listen, type Listener } from './listen.ts'
import { openAdmission } from './open-admission.ts'
import { metricsPortRoutes, probeRoutes } from './probe-routes.ts'
import { makeProcessState, type ProcessState } from './process-state.ts'
import { makeReportExchange } from './report-exchange.ts'
import { sharedTask } from './shared-task.ts'
import { makeTraceExchange } from './trace-exchange.ts'
import { waitAtMost } from './wait-at-most.ts'
import { startWritingRefusals } from './write-refusals.ts'

/** A service that takes requests. */
export interface RunningServer {
  /** Of the API port, without a slash at its end. */
  readonly url: string
  /** Of the metrics port, without a slash at its end. */
  readonly metricsUrl: string
  /**
   * Refuses new requests, lets open ones finish within nine tenths of `server.shutdown_seconds`, and ends every
   * connection. May be called again. The root stays open: who opened it closes it.
   */
  readonly stop: () => Promise<void>
}

export interface ServeOptions {
  readonly root: ServerRoot
  readonly config: Config
  /** How long clients may take to send a request; by default what suits production. */
  readonly arrival?: ArrivalLimits
  /** Called once, when both ports are listened on and requests are taken. */
  readonly onReady?: (server: RunningServer) => void
}

interface Parts {
  readonly state: ProcessState
  readonly exchanges: Exchanges
  readonly api: RequestListener
  readonly metrics: RequestListener
}

/** Scrapers are few. */
const mostMetricsConnections = 100

const quietTemplates: ReadonlySet<string> = new Set(
  [...Object.values(probeOperations), ...Object.values(metricsPortOperations)].map(({ path }) => path),
)

const waitingForDatabase: AnsweredError = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 2 }

/** Refused after the caller was let in, so that this answer tells of the caller's limit as every other does. */
const refusedUnlessAccepting =
  ({ isAccepting, isDraining }: ProcessState, admit: Admit): Admit =>
  (operation, answer) =>
    admit(operation, (call, subject) => {
      if (isAccepting()) return answer(call, subject)
      return TE.left(isDraining() ? { code: 'DRAINING' } : waitingForDatabase)
    })

/** Loaded only where they are served: Swagger UI has 2 MB. */
const pagesOf = async ({ docs }: Config['server']): Promise<ReadonlyArray<ServedRoute>> =>
  docs ? (await import('./docs-routes.ts')).docsRoutes() : []

const assemble = ({ root, config }: ServeOptions, pages: ReadonlyArray<ServedRoute>): Parts => {
  const { api, clock, logger, registryStates, access, tracer } = root
  const meter = { ...root.meter, render: sharedTask(root.meter.render) }
  const state = makeProcessState(root)
  const admit = openAdmission(root, config)
  const exchanges = makeExchanges({
    clock,
    logger,
    meter,
    report: makeReportExchange({ clock, logger, meter, quietTemplates }),
    trace: makeTraceExchange(tracer, quietTemplates),
    errorsBaseUrl: config.errors.baseUrl,
    bodyLimitBytes: config.server.bodyLimitBytes,
    clientAddress: makeClientAddress(config.server.trustedProxies),
    isDraining: state.isDraining,
  })
  const served = apiRoutes(api, refusedUnlessAccepting(state, admit))
  const { anonymousMetrics } = config.access
  const probes = probeRoutes({ meter, registryStates, accessState: access.state, admit, state, anonymousMetrics })
  const description = descriptionRoutes({ publicUrl: config.server.publicUrl, errorsBaseUrl: config.errors.baseUrl })
  const isKnownClusterId = (text: string): boolean => isClusterId(text, config.server)
  return {
    state,
    exchanges,
    api: makeExpressApp({
      routes: [...served, ...probes, ...description, ...pages],
      exchanges,
      isClusterId: isKnownClusterId,
    }),
    metrics: makeExpressApp({ routes: metricsPortRoutes(meter), exchanges, isClusterId: isKnownClusterId }),
  }
}

const listenBoth = async (
  { root, config, arrival }: ServeOptions,
  { api, metrics }: Parts,
): Promise<readonly [Listener, Listener]> => {
  const { host, port, metricsPort, maxConnections } = config.server
  const answerMalformed = makeAnswerMalformed({ ...root, errorsBaseUrl: config.errors.baseUrl })
  const common = { host, answerMalformed, arrival }
  const apiListener = await listen({ ...common, port, listener: api, maxConnections, tls: root.tls })
  try {
    return [
      apiListener,
      await listen({
        ...common,
        port: metricsPort,
        listener: metrics,
        maxConnections: Math.min(maxConnections, mostMetricsConnections),
      }),
    ]
  } catch (error) {
    await apiListener.close()
    throw error
  }
}

/** A service whose ports are listened on. Until it accepts requests it answers probes, and is not ready. */
export interface ListeningServer extends RunningServer {
  /** Takes requests and starts the jobs. */
  readonly accept: () => void
}

/** Rejects with one sentence when a port cannot be listened on. */
export const openPorts = async (options: ServeOptions): Promise<ListeningServer> => {
  const {
    root: { logger, jobs },
    config,
  } = options
  const parts = assemble(options, await pagesOf(config.server))
  const { state, exchanges } = parts
  const [api, metrics] = await listenBoth(options, parts)

  const refusalWriting = startWritingRefusals(options.root)

  const stop = async (): Promise<void> => {
    state.drain()
    logger.log('info', 'stopping')()
    const closed = api.close()
    const isFinished = await waitAtMost(
      config.server.shutdownSeconds * 900,
      Promise.all([exchanges.idle().then(refusalWriting.stop), jobs.stop(), closed]),
    )
    if (!isFinished) logger.log('warn', 'shutdown timed out before every request was answered')()
    api.destroy()
    const metricsClosed = metrics.close()
    metrics.destroy()
    await Promise.all([closed, metricsClosed])
    logger.log('info', 'stopped')()
  }

  let stopped: Promise<void> | undefined
  const server: RunningServer = { url: api.url, metricsUrl: metrics.url, stop: () => (stopped ??= stop()) }
  return {
    ...server,
    accept: () => {
      state.accept()
      jobs.start()
      logger.log('info', 'serving', { url: server.url, metrics_url: server.metricsUrl })()
      options.onReady?.(server)
    },
  }
}

/** Takes requests until it is stopped. Rejects with one sentence when a port cannot be listened on. */
export const serve = async (options: ServeOptions): Promise<RunningServer> => {
  const server = await openPorts(options)
  server.accept()
  return server
}
