import { once } from 'node:events'
import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@pull-secret/embedded-postgres'
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

/** Where a service process finds its database. */
export interface DatabaseAccess {
  readonly databaseUrl: string
  readonly preparedStatements: boolean
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
  /** Starts one more process of the service; all share one database, directly or as said. */
  readonly startService: (access?: DatabaseAccess) => Promise<ServiceProcess>
  /** Ends everything. Names what is left behind all the same. */
  readonly close: () => Promise<ReadonlyArray<string>>
}

export interface StageOptions extends Pick<ServiceConfigOptions, 'registryIds' | 'budgets'> {
  readonly times: ServiceTimes
  /** Host and port at which a real registry on the htpasswd file answers, if one does. */
  readonly plainHost?: string
  /** How often Quay's API may be called. Absent: as often as anybody likes. */
  readonly quayLimit?: ApiLimit
}

const nobodysHost = '127.0.0.1:5000'

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const startDatabase = async (path: string, onLog: (line: string) => void) => {
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(path, 'postgres'),
    durable: false,
    settings: { max_connections: '200', log_statement: 'all' },
    onLog,
  })
  await postgres.createDatabase('stage')
  return { url: postgres.connectionUrl('stage'), stop: () => postgres.stop('immediate') }
}

const startVendors = async ({ administratorToken, server, authority }: StageFolder, apiLimit: ApiLimit | undefined) => {
  const administratorTokens = [administratorToken]
  const quay = await startQuaySimulator({ organization: quayOrganization, administratorTokens, apiLimit })
  const rhit = await startRhitSimulator({ partnerCode: 'hyperfleet', ...server, clientAuthority: authority })
  return { quay, rhit }
}

export const openStage = async ({
  times,
  plainHost = nobodysHost,
  quayLimit,
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
  const database = await startDatabase(path, (line) => databaseLog.write(`${line}\n`))
  const { quay, rhit } = await startVendors(folder, quayLimit)
  const services: Array<ServiceProcess> = []

  const startService: Stage['startService'] = async (
    access = { databaseUrl: database.url, preparedStatements: true },
  ) => {
    const configFile = join(path, `service-${services.length}.yaml`)
    writeFileSync(configFile, serviceConfig({ folder, quay, rhit, plainHost, times, ...registries, ...access }), {
      mode: 0o600,
    })
    const service = await startServiceProcess({ configFile, log: serviceLog, compileCache: join(path, 'compiled') })
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
