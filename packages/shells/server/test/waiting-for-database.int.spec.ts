// Here and not beside a source file because it plays the whole server while its database is away.
import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { runStatement } from '@pull-secret/embedded-postgres/testing'
import { expect } from 'chai'
import type { RunningServer } from '../src/index.ts'
import { aDeployment, type Deployment, type Run } from './a-deployment.ts'
import { ask } from './ask.ts'
import { aFreePort } from './run-program.ts'

const path = '/v1/clusters/cls-abc123/pull-secrets'

const openWay = async (port: number, databaseUrl: string): Promise<Server> => {
  const { hostname, port: target } = new URL(databaseUrl)
  const listener = createServer((caller) => {
    const server = connect(Number(target), hostname)
    caller.pipe(server)
    server.pipe(caller)
    caller.on('error', () => server.destroy()).on('close', () => server.destroy())
    server.on('error', () => caller.destroy()).on('close', () => caller.destroy())
  }).listen(port, '127.0.0.1')
  await once(listener, 'listening')
  return listener
}

describe('a server whose database is away when it starts', () => {
  let deployment: Deployment
  let port: number
  let url: URL
  let way: Server | undefined
  beforeEach(async () => {
    deployment = await aDeployment()
    port = await aFreePort()
    url = new URL(deployment.databaseUrl)
    url.port = String(port)
  })
  afterEach(async () => {
    way?.close()
    way = undefined
    await deployment.close()
  })

  /** Starts it, and gives it as soon as it waits. */
  const start = async (changes: Readonly<Record<string, string>> = {}, migrates = false) => {
    const stopping = new AbortController()
    let run: Promise<Run> | undefined
    const waiting = await new Promise<RunningServer>((onWaiting) => {
      run = deployment.run({ HYPERFLEET_DATABASE_URL: url.href, ...changes }, stopping, { onWaiting, migrates })
    })
    return { waiting, run: run as Promise<Run>, stop: () => stopping.abort('SIGTERM') }
  }

  it('answers probes and is not ready, and serves as soon as the database is there', async () => {
    await deployment.migrate()
    const { waiting, run, stop } = await start()
    const probed = async () => [
      (await ask(waiting.url, '/healthz', { token: null })).status,
      (await ask(waiting.url, '/readyz', { token: null })).status,
    ]
    expect(await probed()).to.deep.equal([200, 503])
    const refused = await ask(waiting.url, path, { method: 'POST' })
    expect([refused.status, refused.headers['retry-after']]).to.deep.equal([503, '2'])
    expect(refused.headers).to.include.keys('x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset')
    way = await openWay(port, deployment.databaseUrl)
    const { server, faults, exitCode } = await run
    expect([server?.url, faults]).to.deep.equal([waiting.url, []])
    expect(await probed()).to.deep.equal([200, 200])
    expect((await ask(waiting.url, path, { method: 'POST', json: { region: 'us-east1' } })).status).to.equal(200)
    const told = deployment
      .logged()
      .split('\n')
      .filter((line) => line.includes('waiting for the database'))
    expect(told).to.have.length(1)
    expect(JSON.parse(told[0] ?? '')).to.deep.include({ level: 'warn', error_code: 'ECONNREFUSED' })
    expect(told[0]).to.include(`127.0.0.1:${String(port)}`)
    stop()
    expect(await exitCode).to.equal(0)
  })

  it('ends in order when it is stopped while it waits', async () => {
    const { run, stop } = await start()
    stop()
    const { server, faults, exitCode } = await run
    expect([server, faults, await exitCode]).to.deep.equal([undefined, [], 0])
    expect(deployment.logged()).to.include('"signal":"SIGTERM"')
  })

  it('migrates it as soon as it is there, where it was told to', async () => {
    const { run, stop } = await start({}, true)
    way = await openWay(port, deployment.databaseUrl)
    const { server, faults, exitCode } = await run
    expect([server === undefined, faults]).to.deep.equal([false, []])
    stop()
    expect(await exitCode).to.equal(0)
  })

  it('does not start where something else is wrong with the database once it is there', async () => {
    const { run } = await start()
    way = await openWay(port, deployment.databaseUrl)
    const { server, faults, exitCode } = await run
    expect([server, await exitCode]).to.deep.equal([undefined, 1])
    expect(faults).to.have.length(1)
    expect(faults[0]).to.match(/^database: \d+ migration\(s\) are pending: run pull-secret migrate$/)
  })

  it('waits for a database that takes no writes to take them', async () => {
    await deployment.migrate()
    way = await openWay(port, deployment.databaseUrl)
    const elsewhere = new URL('/postgres', deployment.databaseUrl).href
    const database = new URL(deployment.databaseUrl).pathname.slice(1)
    await runStatement(elsewhere, `alter database ${database} set default_transaction_read_only = on`)
    const { waiting, run, stop } = await start()
    expect((await ask(waiting.url, '/readyz', { token: null })).status).to.equal(503)
    await runStatement(elsewhere, `alter database ${database} reset all`)
    const { faults, exitCode } = await run
    expect(faults).to.deep.equal([])
    stop()
    expect(await exitCode).to.equal(0)
  })

  const lasting: ReadonlyArray<readonly [string, (url: URL) => void, RegExp]> = [
    ['a wrong password', (own) => (own.password = 'canary'), /refuses the password of role "postgres"/],
    ['an unknown database', (own) => (own.pathname = '/nowhere'), /has no database "nowhere"/],
    ['an unknown host', (own) => (own.hostname = 'nowhere.invalid'), /nowhere\.invalid/],
  ]
  for (const [what, change, message] of lasting) {
    it(`does not wait where it would be in vain: ${what}`, async () => {
      const own = new URL(deployment.databaseUrl)
      change(own)
      const { server, exitCode, faults } = await deployment.run({ HYPERFLEET_DATABASE_URL: own.href })
      expect([server, await exitCode, faults.length]).to.deep.equal([undefined, 1, 1])
      expect(faults[0])
        .to.match(message)
        .and.not.to.match(/canary/)
    })
  }
})
