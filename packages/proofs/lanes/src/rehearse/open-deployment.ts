import { quayIoLimit } from '@pull-secret/registry-simulators'
import { missingPrograms } from '../stage/installed-program.ts'
import { openStage, type ServiceStart, type Stage } from '../stage/open-stage.ts'
import { type Pooler, poolerProgram, startPooler } from '../stage/pooler.ts'
import type { ServiceProcess } from '../stage/service-process.ts'
import { startApiServer } from './api-server.ts'
import { type Distance, openDistance } from './distance.ts'
import type { Mode } from './rehearse-options.ts'
import { adapterCount, replicaCount, roundTripMilliseconds, vendorMilliseconds } from './sizes.ts'

/** A deployment on this machine: everything but its replicas, and a way to start these. */
export interface Deployment {
  readonly stage: Stage
  readonly adapterTokens: ReadonlyArray<string>
  /** Whether the replica in this place, from 0, is far away from the database. */
  readonly isFar: (place: number) => boolean
  readonly startReplica: (place: number, settings?: ServiceStart['settings']) => Promise<ServiceProcess>
  /** Why no pooler stands before the database; absent where one does. */
  readonly lacksPooler?: string
  /** Ends everything. Names what is left behind all the same. */
  readonly close: () => Promise<ReadonlyArray<string>>
}

export const registryIds = ['quay', 'rhit']

/** Short, so that what a killed replica left behind is soon taken up; calls end 5 s before their lease. */
const times = { leaseSeconds: 12, callSeconds: 5, landingWindowSeconds: 2, recoverySeconds: 1 }

/** Less than the vendor's limit: what is granted may be sent a second later, and takes a while to get there. */
const budgets = { quay: { per_minute: 290, burst: 15 }, rhit: { per_minute: 240, burst: 15 } }

const database = { durable: true, settings: { max_connections: '200' } }

/** PgBouncer's own 15 s after a failure would be most of what a restart of the database takes. */
const poolerOptions = { serverConnections: 20, retrySeconds: 1 }

const throughPort = (databaseUrl: string, port: number): string =>
  Object.assign(new URL(databaseUrl), { port: String(port) }).href

const openFar = async (databaseUrl: string): Promise<Distance> => {
  const { hostname: host, port } = new URL(databaseUrl)
  return openDistance({ host, port: Number(port), roundTripMilliseconds })
}

export const openDeployment = async (mode: Mode): Promise<Deployment> => {
  const stage = await openStage({ times, budgets, registryIds, quayLimit: quayIoLimit, vendorMilliseconds, database })
  const lacksPooler = missingPrograms([poolerProgram])
  let pooler: Pooler | undefined
  if (lacksPooler === undefined) pooler = await startPooler(stage.databaseUrl, stage.folder.path, poolerOptions)
  const nearUrl = pooler?.url ?? stage.databaseUrl
  const distance = mode === 'global' ? await openFar(nearUrl) : undefined
  const apiServer = await startApiServer(stage.folder, adapterCount)
  const isFar = (place: number): boolean => distance !== undefined && place === replicaCount - 1

  return {
    stage,
    adapterTokens: apiServer.tokens,
    isFar,
    startReplica: (place, settings) =>
      stage.startService({
        databaseUrl: distance !== undefined && isFar(place) ? throughPort(nearUrl, distance.port) : nearUrl,
        preparedStatements: pooler === undefined,
        mode,
        access: apiServer.access,
        logLevel: 'info',
        settings,
      }),
    lacksPooler,
    close: async () => {
      await pooler?.stop()
      const leftBehind = await stage.close()
      await Promise.all([distance?.close(), apiServer.close()])
      return leftBehind
    },
  }
}
