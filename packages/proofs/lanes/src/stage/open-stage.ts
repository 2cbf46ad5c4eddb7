import { once } from 'node:events'
import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '@pull-secret/embedded-postgres'
import {
  type ApiLimit,
  type QuaySimulator,
  type RhitSimulator,
  startQuaySimulator,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import { quayOrganization, serviceConfig, type ServiceConfigOptions, type ServiceTimes } from './service-config.ts'
import { type ServiceProcess, startServiceProcess } from './service-process.ts'
import { fillStageFolder, type StageFolder } from './stage-folder.ts'

/** What sets one process of the service apart: where it finds its database, who may call, and more. */
export interface ServiceStart extends Partial<
  Pick<ServiceConfigOptions, 'databaseUrl' | 'preparedStatements' | 'mode' | 'access' | 'logLevel'>
> {
  /** Variables that replace settings of its file. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Everything that processes of the service need, in one temporary folder and in this process: vendors survive the
 * service's death.
 */
export interface Stage {
  readonly folder: StageFolder
  readonly quay: QuaySimulator
  readonly rhit: RhitSimulator
  readonly plainHost: string
  readonly databaseUrl: string
  readonly serviceLogFile: string
  readonly databaseLogFile: string
  /** Starts one more process of the service; all share one database, directly unless something else is said. */
  readonly startService: (start?: ServiceStart) => Promise<ServiceProcess>
  /** Stops the database as a crash does, leaves it away for a while, and starts it at the same address. */
  readonly restartDatabase: (awaySeconds: number) => Promise<void>
  /** Ends everything. Names what is left behind all the same. */
  readonly close: () => Promise<ReadonlyArray<string>>
}

export interface StageOptions extends Pick<ServiceConfigOptions, 'registryIds' | 'budgets'> {
  readonly times: ServiceTimes
  /** Host and port at which a real registry on the htpasswd file answers, if one does. */
  readonly plainHost?: string
  /** How often Quay's API may be called. Absent: as often as anybody likes. */
  readonly quayLimit?: ApiLimit
  /** What each call of a vendor takes. Default: nothing. */
  readonly vendorMilliseconds?: number
  /** Default: not durable, and with every statement in its log. */
  readonly database?: StageDatabase
}

export type StageDatabase = Required<Pick<EmbeddedPostgresOptions, 'durable' | 'settings'>>

const loggingDatabase: StageDatabase = {
  durable: false,
  settings: { max_connections: '200', log_statement: 'all' },
}

const nobodysHost = '127.0.0.1:5000'

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const startDatabase = async (path: string, options: StageDatabase, onLog: (line: string) => void) => {
  const start = (port: number): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ dataDirectory: join(path, 'postgres'), port, onLog, ...options })
  let postgres = await start(0)
  await postgres.createDatabase('stage')
  return {
    url: postgres.connectionUrl('stage'),
    stop: () => postgres.stop('immediate'),
    restart: async (awaySeconds: number): Promise<void> => {
      await postgres.stop('immediate')
      await sleep(awaySeconds * 1000)
      postgres = await start(postgres.port)
    },
  }
}

const startVendors = async (
  { administratorToken, server, authority }: StageFolder,
  { quayLimit: apiLimit, vendorMilliseconds: latencyMilliseconds }: Partial<StageOptions>,
) => {
  const administratorTokens = [administratorToken]
  const quay = await startQuaySimulator({
    organization: quayOrganization,
    administratorTokens,
    apiLimit,
    latencyMilliseconds,
  })
  const rhit = await startRhitSimulator({
    partnerCode: 'hyperfleet',
    ...server,
    clientAuthority: authority,
    latencyMilliseconds,
  })
  return { quay, rhit }
}

export const openStage = async ({
  times,
  plainHost = nobodysHost,
  quayLimit,
  vendorMilliseconds,
  database: databaseOptions = loggingDatabase,
  ...registries
}: StageOptions): Promise<Stage> => {
  const path = mkdtempSync(join(tmpdir(), 'pull-secret-stage-'))
  const removeFolder = (): void => {
    rmSync(path, { recursive: true, force: true })
  }
  process.once('exit', removeFolder)
  const folder = await fillStageFolder(path)
  const serviceLogFile = join(path, 'service.log')
  const databaseLogFile = join(path, 'database.log')
  const serviceLog = createWriteStream(serviceLogFile)
  const databaseLog = createWriteStream(databaseLogFile)
  const database = await startDatabase(path, databaseOptions, (line) => databaseLog.write(`${line}\n`))
  const { quay, rhit } = await startVendors(folder, { quayLimit, vendorMilliseconds })
  const services: Array<ServiceProcess> = []
  let starts = 0

  const startService: Stage['startService'] = async ({ settings, ...own } = {}) => {
    const configFile = join(path, `service-${starts}.yaml`)
    starts += 1
    const access = { databaseUrl: database.url, preparedStatements: true, ...own }
    writeFileSync(configFile, serviceConfig({ folder, quay, rhit, plainHost, times, ...registries, ...access }), {
      mode: 0o600,
    })
    const service = await startServiceProcess({
      configFile,
      log: serviceLog,
      compileCache: join(path, 'compiled'),
      settings,
    })
    services.push(service)
    return service
  }

  return {
    folder,
    quay,
    rhit,
    plainHost,
    databaseUrl: database.url,
    serviceLogFile,
    databaseLogFile,
    startService,
    restartDatabase: database.restart,
    close: async () => {
      await Promise.all(services.map((service) => service.kill()))
      await Promise.all([quay.close(), rhit.close()])
      await database.stop()
      await Promise.all([serviceLog, databaseLog].map((log) => once(log.end(), 'close')))
      removeFolder()
      process.off('exit', removeFolder)
      return [
        ...services.filter(({ pid }) => isAlive(pid)).map(({ pid }) => `the process ${pid}`),
        ...(existsSync(path) ? [`the folder ${path}`] : []),
      ]
    },
  }
}
