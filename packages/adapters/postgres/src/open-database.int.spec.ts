import type { Logger } from '@pull-secret/domain'
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
    let tell: (line: string) => void = () => undefined
    const told = new Promise<string>((resolve) => {
      tell = resolve
    })
    const logger: Logger = {
      log: (level, message, fields) => () => {
        tell(`${level} ${message} ${String(fields?.['error_code'])}`)
      },
    }
    const database = await openDatabase(databaseSettings(testDatabase.url, { logger }))
    await database.pool.query('select 1')
    const outside = new Pool({ connectionString: testDatabase.url, max: 1 })
    await outside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await outside.end()
    expect(await told).to.equal('warn a database connection broke 57P01')
    expect((await database.pool.query('select 1 as one')).rows).to.deep.equal([{ one: 1 }])
    await database.close()
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
