import type { RequestListener } from 'node:http'
import type { ServerRoot } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import { routes } from '@pull-secret/wire'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeAdmission } from './admission.ts'
import type { ServedRoute } from './call.ts'
import { makeClusterIdCheck } from './cluster-id-check.ts'
import { type Exchanges, makeExchanges } from './exchange.ts'
import { makeExpressApp } from './express-app.ts'
import { listen, type Listener } from './listen.ts'
import { noRequestAnswer } from './no-request.ts'
import { operatorRoutes } from './operator-routes.ts'
import { metricsPortRoutes, probeRoutes } from './probe-routes.ts'
import { makeProcessState, type ProcessState } from './process-state.ts'
import { pullSecretRoutes } from './pull-secret-routes.ts'
import { makeRecoveryRuns, type RecoveryRuns } from './recovery-runs.ts'
import { makeReportExchange } from './report-exchange.ts'
import { waitAtMost } from './wait-at-most.ts'

/** A service that takes requests. */
export interface RunningServer {
  /** Of the API port, without a slash at its end. */
  readonly url: string
  /** Of the metrics port, without a slash at its end. */
  readonly metricsUrl: string
  /**
   * Refuses new requests, lets open ones finish within nine tenths of `server.shutdown_seconds`, and ends every
   * connection. May be called again.
   * The root stays open: who opened it closes it.
   */
  readonly stop: () => Promise<void>
}

export interface ServeOptions {
  readonly root: ServerRoot
  readonly config: Config
  /** Called once, when both ports are listened on and requests are taken. */
  readonly onReady?: (server: RunningServer) => void
}

interface Parts {
  readonly state: ProcessState
  readonly recovery: RecoveryRuns
  readonly exchanges: Exchanges
  readonly api: RequestListener
  readonly metrics: RequestListener
}

const quietTemplates: ReadonlySet<string> = new Set([
  routes.liveness.path,
  routes.readiness.path,
  routes.health.path,
  routes.metrics.path,
  '/metrics',
])

const refusedWhileDraining =
  ({ isDraining }: ProcessState) =>
  ({ route, answer }: ServedRoute): ServedRoute => ({
    route,
    answer: (call) => (isDraining() ? TE.left({ code: 'DRAINING' }) : answer(call)),
  })

const assemble = ({ root, config }: ServeOptions): Parts => {
  const { useCases, clock, logger, meter } = root
  const state = makeProcessState(root)
  const recovery = makeRecoveryRuns({
    recover: useCases.recover,
    logger,
    intervalSeconds: config.jobs.recovery.intervalSeconds,
  })
  const admission = makeAdmission(root)
  const exchanges = makeExchanges({
    clock,
    logger,
    meter,
    report: makeReportExchange({ clock, logger, meter, quietTemplates }),
    errorsBaseUrl: config.errors.baseUrl,
    bodyLimitBytes: config.server.bodyLimitBytes,
    isDraining: state.isDraining,
  })
  const served = [
    ...pullSecretRoutes({ useCases, admission, cloudProviders: config.server.cloudProviders }),
    ...operatorRoutes({ useCases, admission, recovery }),
  ].map(refusedWhileDraining(state))
  const probes = probeRoutes({
    meter,
    registryStates: root.registryStates,
    admission,
    state,
    anonymousMetrics: config.access.anonymousMetrics,
  })
  const isClusterId = makeClusterIdCheck(config.server.clusterIdPatterns)
  return {
    state,
    recovery,
    exchanges,
    api: makeExpressApp({ routes: [...served, ...probes], exchanges, isClusterId }),
    metrics: makeExpressApp({ routes: metricsPortRoutes(meter), exchanges, isClusterId }),
  }
}

const listenBoth = async (
  { root, config }: ServeOptions,
  { api, metrics }: Parts,
): Promise<readonly [Listener, Listener]> => {
  const { host, port, metricsPort } = config.server
  const answerNoRequest = () => noRequestAnswer({ clock: root.clock, errorsBaseUrl: config.errors.baseUrl })
  const apiListener = await listen({ host, port, listener: api, answerNoRequest })
  try {
    return [apiListener, await listen({ host, port: metricsPort, listener: metrics, answerNoRequest })]
  } catch (error) {
    await apiListener.close()
    throw error
  }
}

/** Takes requests until it is stopped. Rejects with one sentence when a port cannot be listened on. */
export const serve = async (options: ServeOptions): Promise<RunningServer> => {
  const {
    root: { logger },
    config,
  } = options
  const parts = assemble(options)
  const { state, recovery, exchanges } = parts
  const [api, metrics] = await listenBoth(options, parts)

  const stop = async (): Promise<void> => {
    state.drain()
    logger.log('info', 'stopping')()
    const closed = api.close()
    const isFinished = await waitAtMost(
      config.server.shutdownSeconds * 900,
      Promise.all([exchanges.idle(), recovery.stop(), closed]),
    )
    if (!isFinished) logger.log('warn', 'stopping before every request was answered')()
    api.destroy()
    const metricsClosed = metrics.close()
    metrics.destroy()
    await Promise.all([closed, metricsClosed])
    logger.log('info', 'stopped')()
  }

  let stopped: Promise<void> | undefined
  const server: RunningServer = { url: api.url, metricsUrl: metrics.url, stop: () => (stopped ??= stop()) }
  state.accept()
  recovery.start()
  logger.log('info', 'serving', { url: server.url, metrics_url: server.metricsUrl })()
  options.onReady?.(server)
  return server
}
