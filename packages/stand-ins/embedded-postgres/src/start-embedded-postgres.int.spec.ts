import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { errorCodeOf } from './error-code-of.ts'
import { withLibpqVariables } from './libpq-variables.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

const query = async (url: string, statement: string): Promise<ReadonlyArray<Array<unknown>>> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const failureOf = async (starting: Promise<EmbeddedPostgres>): Promise<EmbeddedPostgresError> => {
  const outcome = await starting.catch((error: unknown) => error)
  if (outcome instanceof EmbeddedPostgresError) return outcome
  throw new Error('expected the start to fail', { cause: outcome })
}

describe('startEmbeddedPostgres', () => {
  let folder: string
  let dataDirectory: string
  let postgres: EmbeddedPostgres

  before(async () => {
    folder = await makeTemporaryFolder()
    dataDirectory = join(folder, 'data')
    postgres = await startEmbeddedPostgres({ dataDirectory, durable: false })
  })
  after(async () => {
    await postgres.stop('immediate')
    await rm(folder, { recursive: true })
  })

  it('starts, and makes databases, whatever the environment tells clients of PostgreSQL', async () => {
    await withLibpqVariables(async () => {
      const other = await startEmbeddedPostgres({ dataDirectory: join(folder, 'other'), durable: false })
      expect(await other.createDatabase('one')).to.equal('created')
      await other.dropDatabase('one')
      await other.stop('immediate')
    })
  })

  it('serves PostgreSQL 18 in UTF-8 with the C locale', async () => {
    const [row] = await query(
      postgres.superuserUrl,
      `SELECT current_setting('server_version_num')::int / 10000, pg_encoding_to_char(encoding), datcollate
       FROM pg_database WHERE datname = 'postgres'`,
    )
    expect(row).to.deep.equal([18, 'UTF8', 'C'])
  })

  it('asks for a password that only its owner can read', async () => {
    const withoutPassword = postgres.superuserUrl.replace(/:[^:@/]+@/, ':wrong@')
    const failure = await query(withoutPassword, 'SELECT 1').catch((error: unknown) => error)
    expect(failure).to.have.property('code', '28P01')
    expect((await stat(join(dataDirectory, 'cluster', 'superuser-password'))).mode & 0o777).to.equal(0o600)
    expect((await stat(join(dataDirectory, 'cluster'))).mode & 0o077).to.equal(0)
  })

  it('copies a database from a template', async () => {
    await postgres.createDatabase('origin')
    await query(postgres.connectionUrl('origin'), 'CREATE TABLE kept AS SELECT 7 AS value')
    expect(await postgres.createDatabase('copy', { template: 'origin' })).to.equal('created')
    expect(await query(postgres.connectionUrl('copy'), 'SELECT value FROM kept')).to.deep.equal([[7]])
  })

  it('leaves a database alone that exists already', async () => {
    await postgres.createDatabase('once')
    await query(postgres.connectionUrl('once'), 'CREATE TABLE kept ()')
    expect(await postgres.createDatabase('once')).to.equal('existed')
    expect(await query(postgres.connectionUrl('once'), 'SELECT FROM kept')).to.deep.equal([])
  })

  it('drops a database although somebody is connected', async () => {
    await postgres.createDatabase('busy "name"')
    const client = new pg.Client({ connectionString: postgres.connectionUrl('busy "name"') })
    const ended = new Promise((resolve) => client.on('error', resolve))
    await client.connect()
    await postgres.dropDatabase('busy "name"')
    expect(await ended).to.have.property('code', '57P01')
    expect(await query(postgres.superuserUrl, `SELECT FROM pg_database WHERE datname LIKE 'busy%'`)).to.deep.equal([])
  })

  it('keeps the data, and the password, over a restart on another port', async () => {
    await query(postgres.superuserUrl, 'CREATE TABLE lasting AS SELECT 1 AS value')
    const before = new URL(postgres.superuserUrl).password
    await postgres.stop()
    postgres = await startEmbeddedPostgres({ dataDirectory, durable: false })
    expect(new URL(postgres.superuserUrl).password).to.equal(before)
    expect(await query(postgres.superuserUrl, 'SELECT value FROM lasting')).to.deep.equal([[1]])
  })

  it('relaxes durability only when asked, and passes settings and the log on', async () => {
    const shown = `SELECT current_setting('fsync'), current_setting('work_mem')`
    expect(await query(postgres.superuserUrl, shown)).to.deep.equal([['off', '4MB']])
    await postgres.stop()
    const log: Array<string> = []
    postgres = await startEmbeddedPostgres({
      dataDirectory,
      settings: { work_mem: '5MB', log_statement: 'all' },
      onLog: (line) => log.push(line),
    })
    expect(await query(postgres.superuserUrl, shown)).to.deep.equal([['on', '5MB']])
    await postgres.stop()
    expect(log.filter((line) => line.includes(`current_setting('fsync')`))).to.have.length(1)
    postgres = await startEmbeddedPostgres({ dataDirectory, durable: false })
  })

  it('refuses a directory whose server is running, and leaves that server alone', async () => {
    const failure = await failureOf(startEmbeddedPostgres({ dataDirectory }))
    expect(failure.code).to.equal('ALREADY_RUNNING')
    expect(failure.message).to.match(/^Another PostgreSQL server, process \d+, is running on .*\.$/)
    expect(await query(postgres.superuserUrl, 'SELECT 1')).to.deep.equal([[1]])
  })

  it('lets one of two starts on a new directory win', async () => {
    const contested = join(folder, 'contested')
    const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDirectory: contested, durable: false })
    const outcomes = await Promise.all([start(), start()].map((starting) => starting.catch(errorCodeOf)))
    const [winner] = outcomes.filter((outcome) => typeof outcome === 'object')
    expect(outcomes).to.have.members(['ALREADY_RUNNING', winner])
    expect(await readdir(contested)).to.deep.equal(['cluster'])
    await winner?.stop('immediate')
  })

  it('clears away what a process left that was killed while initializing, and nothing of a living one', async () => {
    const noProcessId = 2 ** 22 + 1
    const [left, growing] = [`initializing-${noProcessId}-0a`, `initializing-${process.pid}-0b`]
    await Promise.all([left, growing].map((name) => mkdir(join(dataDirectory, name))))
    await failureOf(startEmbeddedPostgres({ dataDirectory }))
    expect(await readdir(dataDirectory)).to.have.members(['cluster', growing])
  })

  it('takes over a lock whose process id has gone to another program', async () => {
    await postgres.stop()
    await writeFile(join(dataDirectory, 'cluster', 'data', 'postmaster.pid'), `${process.ppid}\n`)
    postgres = await startEmbeddedPostgres({ dataDirectory, durable: false })
    expect(await query(postgres.superuserUrl, 'SELECT 1')).to.deep.equal([[1]])
  })

  it('says that the requested port is in use', async () => {
    await postgres.stop()
    const occupant = createServer()
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve))
    const { port } = occupant.address() as AddressInfo
    const failure = await failureOf(startEmbeddedPostgres({ dataDirectory, port }))
    expect(failure.code).to.equal('PORT_IN_USE')
    expect(failure.message).to.equal(`Port ${port} on 127.0.0.1 is in use by another program.`)
    await new Promise((resolve) => occupant.close(resolve))
    postgres = await startEmbeddedPostgres({ dataDirectory, port, durable: false })
    expect(postgres.port).to.equal(port)
  })

  it('says that a setting is not one of PostgreSQL', async () => {
    await postgres.stop()
    const failure = await failureOf(startEmbeddedPostgres({ dataDirectory, settings: { work_mem: 'plenty' } }))
    expect(failure.code).to.equal('START_FAILED')
    expect(failure.message).to.contain('work_mem')
    postgres = await startEmbeddedPostgres({ dataDirectory, durable: false })
  })

  it('says that the directory cannot be used', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    for (const unusable of [file, join(file, 'below')]) {
      const failure = await failureOf(startEmbeddedPostgres({ dataDirectory: unusable }))
      expect(failure.code).to.equal('UNREADABLE_DIRECTORY')
      expect(failure.message).to.contain(unusable)
    }
  })
})
