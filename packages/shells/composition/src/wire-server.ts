import type { Config } from '@pull-secret/config'
import type { Clock, LedgerReads, Logger, Meter } from '@pull-secret/domain'
import {
  keyChecksOf,
  type KeyRing,
  makeAesGcmCipher,
  makeNodeDigest,
  makeNodeIds,
  type SparingLog,
} from '@pull-secret/platform-node'
import { type Database, makePostgresRefusalLog } from '@pull-secret/postgres'
import type { PrometheusMeter, Tracer, WinstonLogger } from '@pull-secret/telemetry'
import { followAges } from './follow-ages.ts'
import { followBacklog } from './follow-backlog.ts'
import { followConnections } from './follow-connections.ts'
import { type KeepRefusals, makeKeepRefusals } from './keep-refusals.ts'
import type { OpenAccess } from './open-access.ts'
import type { ListenerTls } from './open-listener-tls.ts'
import type { OpenedRegistries } from './open-registries.ts'
import { postgresLedgerParts } from './postgres-ledger-parts.ts'
import type { Presence } from './presence.ts'
import type { ReportedHealth } from './registry-health.ts'
import { makeReportBug } from './report-bug.ts'
import { resolveService, type Service } from './resolve-service.ts'
import { tracedUseCases } from './traced-use-cases.ts'

/** Everything an HTTP server or an operator's command needs, wired and checked. */
export interface ServerRoot extends Service {
  readonly access: OpenAccess
  readonly refusals: KeepRefusals
  /** Absent: the API port speaks plain HTTP. */
  readonly tls?: ListenerTls
  readonly reads: LedgerReads
  /** How the last call to each configured registry went. Asks nobody. */
  readonly registryStates: () => ReadonlyArray<ReportedHealth>
  readonly clock: Clock
  readonly logger: Logger
  /** For what every request may meet anew: one line a minute and cause. */
  readonly sparingLog: SparingLog
  readonly meter: Meter & Pick<PrometheusMeter, 'render' | 'contentType'>
  /** Absent: there are no traces. */
  readonly tracer?: Tracer
  /** Ends every connection, sends the last spans and writes the last log lines; rejects nothing. */
  readonly close: () => Promise<void>
}

/** What has been opened for a server. */
export interface ServerParts {
  readonly logger: WinstonLogger
  readonly sparingLog: SparingLog
  readonly meter: PrometheusMeter
  readonly clock: Clock
  readonly registries: OpenedRegistries
  readonly keyRing: KeyRing
  readonly database: Database
  readonly access: OpenAccess
  readonly tls: ListenerTls | undefined
  readonly presence: Presence
  readonly tracer: Tracer | undefined
}

export const wireServer = (config: Config, parts: ServerParts): ServerRoot => {
  const { logger, sparingLog, meter, clock, registries, keyRing, database, access, tls, presence, tracer } = parts
  followAges(parts)
  followConnections(meter, database)
  const ledger = postgresLedgerParts(database)
  const registryIds = registries.registries.all.map(({ id }) => id)
  followBacklog({ meter, clock, fleet: ledger.fleet, registryIds, onBug: makeReportBug(logger, 'backlog') })
  const service = resolveService({
    settings: {
      deploymentId: config.deployment.id,
      recoveryBatchSize: config.jobs.recovery.batchSize,
      jobIntervals: { recovery: config.jobs.recovery.intervalSeconds },
      ownSubject: 'pull-secret-service',
      limits: config.server,
    },
    ledger,
    platform: {
      clock,
      ids: makeNodeIds(),
      cipher: makeAesGcmCipher({ keyRing, log: sparingLog, meter }),
      keyChecks: keyChecksOf(keyRing),
      digest: makeNodeDigest(),
      logger,
      meter,
    },
    registries: registries.registries,
    aroundUseCases: tracer === undefined ? undefined : tracedUseCases(tracer),
  })
  return {
    ...service,
    access,
    refusals: makeKeepRefusals({ refusals: makePostgresRefusalLog(database), clock, logger }),
    tls,
    reads: ledger.reads,
    registryStates: registries.states,
    clock,
    logger,
    sparingLog,
    meter,
    tracer,
    close: async () => {
      const sent = tracer?.close()
      await presence.end()
      await access.close()
      await registries.close()
      await database.close()
      await sent
      await logger.close()
    },
  }
}
