import { openTestDatabase, type TestDatabase, withLibpqVariables } from '@pull-secret/embedded-postgres/testing'
import { expect } from 'chai'
import { databaseSettings } from '../test/database-settings.ts'
import { type Database, migrate, openDatabase, pendingMigrations } from './index.ts'

describe('the environment of libpq', () => {
  let testDatabase: TestDatabase
  let database: Database

  before(async () => {
    testDatabase = await openTestDatabase({ name: 'bare', prepare: () => Promise.resolve() })
  })
  after(async () => {
    await database.close()
    await testDatabase.drop()
  })

  it('changes nothing about how the database is reached, queried and migrated', async () => {
    await withLibpqVariables(async () => {
      database = await openDatabase(databaseSettings(testDatabase.url))
      await migrate(database)
      expect(await pendingMigrations(database)).to.deep.equal([])
      const { rows } = await database.pool.query<{ readonly path: string; readonly name: string }>(
        `select current_setting('search_path') as path, current_setting('application_name') as name`,
      )
      expect(rows).to.deep.equal([{ path: '"$user", public', name: 'pull-secret-service' }])
    })
  })

  it('gives no password where the address has none', async () => {
    const url = new URL(testDatabase.url)
    const { password } = url
    url.password = ''
    const without = await openDatabase(databaseSettings(url.href))
    await withLibpqVariables(
      async () => {
        const refused = await without.pool.query('select 1').then(() => 'answered', without.faultOf)
        expect(refused).to.include({ code: 'PASSWORD_MISSING' })
      },
      { PGPASSWORD: decodeURIComponent(password) },
    )
    await without.close()
  })
})
