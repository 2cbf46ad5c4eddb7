import { type LedgerFault, secretText } from '@pull-secret/domain'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { expect } from 'chai'
import { Pool } from 'pg'
import { databaseSettings } from '../test/database-settings.ts'
import { openDatabase } from './index.ts'

const prepare = (): Promise<void> => Promise.resolve()

describe('a database that is opened', () => {
  let testDatabase: TestDatabase
  beforeEach(async () => {
    testDatabase = await openTestDatabase({ name: 'bare', prepare })
  })
  afterEach(() => testDatabase.drop())

  it('outlives connections that the server ends, and says that they broke', async () => {
    let tell: (fault: LedgerFault) => void = () => undefined
    const told = new Promise<LedgerFault>((resolve) => {
      tell = resolve
    })
    const database = await openDatabase(databaseSettings(testDatabase.url, { onFault: (fault) => tell(fault) }))
    await database.pool.query('select 1')
    const outside = new Pool({ connectionString: testDatabase.url, max: 1 })
    await outside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await outside.end()
    expect(await told).to.include({ code: '57P01', isLasting: false })
    expect((await database.pool.query('select 1 as one')).rows).to.deep.equal([{ one: 1 }])
    await database.close()
  })

  it('is reached with the password that holds when a connection is opened', async () => {
    const url = new URL(testDatabase.url)
    const role = `rotated_${url.pathname.slice(-8)}`
    const outside = new Pool({ connectionString: testDatabase.url, max: 1 })
    await outside.query(`create role ${role} login password 'first'`)
    const told: Array<string> = []
    url.username = role
    url.password = 'first'
    const database = await openDatabase(
      databaseSettings('', {
        url: () => secretText(url.href),
        poolSize: 1,
        onFault: ({ code }) => void told.push(code),
      }),
    )
    const ask = (): Promise<unknown> => database.pool.query('select 1').then(() => 'answered', database.report)
    expect(await ask()).to.equal('answered')
    await outside.query(`alter role ${role} password 'second'`)
    await outside.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where usename = '${role}' and datname = current_database()`,
    )
    const refused = [await ask(), await ask()].at(-1)
    expect(refused).to.include({ code: '28P01' })
    url.password = 'second'
    expect(await ask()).to.equal('answered')
    expect(told.at(-1)).to.equal('28P01')
    await database.close()
    await outside.query(`drop role ${role}`)
    await outside.end()
  })

  it('is closed only when every connection is back, and may be closed again', async () => {
    const database = await openDatabase(databaseSettings(testDatabase.url))
    const client = await database.pool.connect()
    let isClosed = false
    const closed = database.close().then(() => {
      isClosed = true
    })
    await client.query('select 1')
    expect(isClosed).to.equal(false)
    client.release()
    await Promise.all([closed, database.close()])
    expect(isClosed).to.equal(true)
  })
})
