import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from 'chai'
import pg from 'pg'
import { runStatement } from './databases.ts'
import { awaitRelease } from './directory-owner.ts'
import { type Launcher, launchersForThisUser } from './launcher.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const moduleUrl = new URL('./start-embedded-postgres.ts', import.meta.url)

const holdServer = async (
  dataDirectory: string,
  launcher: Launcher,
): Promise<{ parent: ChildProcess; url: string }> => {
  const script = `
    import { startWithLaunchers } from ${JSON.stringify(moduleUrl)}
    const options = { dataDirectory: ${JSON.stringify(dataDirectory)}, durable: false }
    const postgres = await startWithLaunchers(${JSON.stringify([launcher])}, options)
    console.log(postgres.superuserUrl)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = (await once(createInterface(parent.stdout), 'line')) as [string]
  return { parent, url }
}

const [launcher] = launchersForThisUser() as [Launcher]
const bySetpriv = { ...launcher, endsWithParent: true }
const byNothing = { ...bySetpriv, prefix: launcher.prefix.slice(0, launcher.prefix.indexOf('setpriv')) }
const byShell = { ...byNothing, endsWithParent: false }

const kill = async (parent: ChildProcess): Promise<void> => {
  parent.kill('SIGKILL')
  await once(parent, 'exit')
}

describe('an embedded server whose parent is killed', () => {
  let dataDirectory: string

  beforeEach(async () => {
    dataDirectory = await makeTemporaryFolder()
  })
  afterEach(() => rm(dataDirectory, { recursive: true }))

  for (const [means, way] of Object.entries({ setpriv: bySetpriv, 'a waiting shell': byShell })) {
    it(`ends by ${means}, although nobody starts another one`, async () => {
      const { parent, url } = await holdServer(dataDirectory, way)
      const observer = new pg.Client({ connectionString: url })
      const ended = new Promise((resolve) => observer.on('error', resolve))
      await observer.connect()
      await kill(parent)
      expect(await ended).to.have.property('code', '57P01')
      await awaitRelease(join(dataDirectory, 'cluster', 'data'))
    })
  }

  for (const [circumstance, way] of Object.entries({ 'is shutting down': bySetpriv, 'was left behind': byNothing })) {
    it(`is waited for by the next start when it ${circumstance}, and its committed data are there`, async () => {
      const { parent, url } = await holdServer(dataDirectory, way)
      await runStatement(url, 'CREATE TABLE lasting ()')
      await kill(parent)
      const next = await startEmbeddedPostgres({ dataDirectory, durable: false })
      await runStatement(next.superuserUrl, 'SELECT FROM lasting')
      const old = await runStatement(url, 'SELECT 1').catch((error: unknown) => error)
      await next.stop('immediate')
      expect(old).to.have.property('code', 'ECONNREFUSED')
    })
  }
})
