import { startEmbeddedPostgres } from '@pull-secret/embedded-postgres'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../repository.ts'
import { freePort } from '../../stage/free-port.ts'
import { fillStageFolder } from '../../stage/stage-folder.ts'
import { productionConfig } from './production-config.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { startVendors, type Latencies, type Vendors } from './vendors.ts'

/** A database, files and vendors; the servers under test run on them in processes of their own. */
export type BenchStage = {
  readonly callerToken: string
  readonly startVendors: (latencies?: Latencies) => Promise<Vendors>
  readonly startService: (vendors: Vendors, environment?: Readonly<Record<string, string>>) => Promise<ServerProcess>
  readonly startBaseline: () => Promise<ServerProcess>
  readonly close: () => Promise<void>
}

const program = join(repositoryRoot, 'packages/cli/bin/pull-secret.mjs')
const baselineProgram = join(import.meta.dirname, '../baseline/serve-baseline.ts')
const database = 'bench'

const migrate = (configFile: string): void => {
  const { status, stderr } = spawnSync(process.execPath, [program, 'migrate', '--config', configFile], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the database could not be migrated: ${stderr}`)
}

export const openBenchStage = async (): Promise<BenchStage> => {
  const path = mkdtempSync(join(tmpdir(), 'pull-secret-bench-'))
  const removeFolder = (): void => { rmSync(path, { recursive: true, force: true }) }
  process.once('exit', removeFolder)
  const folder = await fillStageFolder(path)
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(path, 'postgres') })
  await postgres.createDatabase(database)
  const databaseUrlFile = join(path, 'database-url')
  writeFileSync(databaseUrlFile, postgres.connectionUrl(database), { mode: 0o600 })
  const running = new Set<ServerProcess | Vendors>()
  let started = 0
  let isMigrated = false

  const kept = <A extends ServerProcess | Vendors>(part: A): A => {
    running.add(part)
    return part
  }

  const logFile = (name: string): string => join(path, `${name}-${String((started += 1))}.log`)

  const startService: BenchStage['startService'] = async (vendors, environment) => {
    const port = await freePort()
    const configFile = join(path, `config-${String(port)}.yaml`)
    writeFileSync(configFile, productionConfig({ folder, vendors, databaseUrlFile, port }))
    if (!isMigrated) migrate(configFile)
    isMigrated = true
    const command = [program, 'serve', '--config', configFile]
    return kept(await startServerProcess({ command, environment, port, readyPath: '/readyz', logFile: logFile('service') }))
  }

  const startBaseline: BenchStage['startBaseline'] = async () => {
    const port = await freePort()
    const environment = { PORT: String(port), DATABASE_URL_FILE: databaseUrlFile, KEY_RING_FILE: join(path, 'key-ring.json') }
    return kept(await startServerProcess({ command: [baselineProgram], environment, port, readyPath: '/ready', logFile: logFile('baseline') }))
  }

  return {
    callerToken: folder.callerToken,
    startVendors: async (latencies) => kept(await startVendors(folder, latencies)),
    startService,
    startBaseline,
    close: async () => {
      for (const part of [...running].reverse()) await ('stop' in part ? part.stop() : part.close())
      await postgres.stop('immediate')
      removeFolder()
      process.off('exit', removeFolder)
    },
  }
}
