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
      database = await openDatabase(databaseSettings(testDatabase.url, { preparedStatements: false }))
      await migrate(database)
      expect(await pendingMigrations(database)).to.deep.equal([])
      const { rows } = await database.pool.query<{ readonly path: string; readonly name: string }>(
        `select current_setting('search_path') as path, current_setting('application_name') as name`,
      )
      expect(rows).to.deep.equal([{ path: '"$user", public', name: 'pull-secret-service' }])
    })
  })

  it('changes nothing about the migrations, where it is that of another program with the same ORM', async () => {
    const elsewhere = await openTestDatabase({ name: 'bare', prepare: () => Promise.resolve() })
    const variables = { MIKRO_ORM_SCHEMA: 'elsewhere', MIKRO_ORM_MIGRATIONS_TRANSACTIONAL: 'false' }
    Object.assign(process.env, variables)
    try {
      const other = await openDatabase(databaseSettings(elsewhere.url))
      await migrate(other)
      const { rows } = await other.pool.query(
        `select distinct schemaname from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      )
      await other.close()
      expect(rows).to.deep.equal([{ schemaname: 'public' }])
      expect(process.env).to.include(variables)
    } finally {
      for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name)
      await elsewhere.drop()
    }
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
