import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@pull-secret/embedded-postgres'
import { repositoryRoot } from '@pull-secret/workbench'
import { writeImageFiles } from '@pull-secret/workbench/image'
import { freePort } from '../../stage/free-port.ts'
import { fillStageFolder } from '../../stage/stage-folder.ts'
import { type ApiServer, startApiServer } from './api-server.ts'
import { type Access, limitedAccount, productionConfig } from './production-config.ts'
import { type ServerProcess, type ServerProcessOptions, startServerProcess } from './server-process.ts'
import { type Latencies, startVendors, type Vendors } from './vendors.ts'

/** One deployment: vendors, and a database that from its first start on belongs to them. */
export interface Deployment {
  readonly vendors: Vendors
  readonly startService: () => Promise<ServerProcess>
  /** A bare handler on the same database. */
  readonly startBaseline: () => Promise<ServerProcess>
}

export interface DeploymentOptions {
  /** Default: none. */
  readonly latencies?: Latencies
  /** Default: static. */
  readonly access?: Access
}

/** A database server and files; the servers under test run on them in processes of their own. */
export interface BenchStage {
  readonly callerToken: string
  /** Of the limited account, with Kubernetes access. */
  readonly limitedToken: string
  readonly openDeployment: (name: string, options?: DeploymentOptions) => Promise<Deployment>
  readonly close: () => Promise<void>
}

const unlimitedAccount = 'system:serviceaccount:hyperfleet-system:gcp-adapter'

const baselineProgram = join(import.meta.dirname, '../baseline/serve-baseline.ts')

/** The program as the image has it. Started as such, so that it runs with the settings of Node that it asks for. */
const makeProgram = async (path: string): Promise<string> => {
  const image = join(path, 'image')
  await writeImageFiles(repositoryRoot, { image, sourceMaps: join(path, 'source-maps') })
  return join(image, 'bin/pull-secret')
}

const migrate = (program: string, configFile: string): void => {
  const { status, stderr } = spawnSync(program, ['migrate', '--config', configFile], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the database could not be migrated: ${stderr}`)
}

export const openBenchStage = async (): Promise<BenchStage> => {
  const path = mkdtempSync(join(tmpdir(), 'pull-secret-bench-'))
  const removeFolder = (): void => {
    rmSync(path, { recursive: true, force: true })
  }
  process.once('exit', removeFolder)
  const program = await makeProgram(path)
  const folder = await fillStageFolder(path)
  const limitedToken = `limited-${randomBytes(24).toString('hex')}`
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(path, 'postgres') })
  const closings: Array<() => Promise<void>> = []

  const startServer = async (options: ServerProcessOptions): Promise<ServerProcess> => {
    const server = await startServerProcess(options)
    closings.push(server.stop)
    return server
  }

  const openApiServer = async (): Promise<ApiServer> => {
    const apiServer = await startApiServer(folder, {
      [folder.callerToken]: unlimitedAccount,
      [limitedToken]: limitedAccount,
    })
    closings.push(apiServer.close)
    return apiServer
  }

  const openDeployment: BenchStage['openDeployment'] = async (name, { latencies, access = 'static' } = {}) => {
    const inFolder = (ending: string): string => join(path, `${name}${ending}`)
    const vendors = await startVendors(folder, latencies)
    closings.push(vendors.close)
    const apiServer = access === 'kubernetes' ? await openApiServer() : undefined
    await postgres.createDatabase(name)
    const [databaseUrlFile, configFile] = [inFolder('-database-url'), inFolder('.yaml')]
    writeFileSync(databaseUrlFile, postgres.connectionUrl(name), { mode: 0o600 })
    const [port, baselinePort] = [await freePort(), await freePort()]
    writeFileSync(configFile, productionConfig({ folder, vendors, databaseUrlFile, port, access }))
    migrate(program, configFile)
    return {
      vendors,
      startService: () =>
        startServer({
          command: [...(apiServer?.inPod ?? []), program, 'serve', '--config', configFile],
          environment: apiServer?.environment,
          port,
          readyPath: '/readyz',
          logFile: inFolder('-service.log'),
        }),
      startBaseline: () =>
        startServer({
          command: [process.execPath, baselineProgram],
          environment: {
            PORT: String(baselinePort),
            DATABASE_URL_FILE: databaseUrlFile,
            KEY_RING_FILE: join(path, 'key-ring.json'),
          },
          port: baselinePort,
          readyPath: '/ready',
          logFile: inFolder('-baseline.log'),
        }),
    }
  }

  return {
    callerToken: folder.callerToken,
    limitedToken,
    openDeployment,
    close: async () => {
      for (const close of closings.reverse()) await close()
      await postgres.stop('immediate')
      removeFolder()
      process.off('exit', removeFolder)
    },
  }
}
