import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { expect } from 'chai'
import { Client, Pool } from 'pg'
import { databaseSettings } from '../test/database-settings.ts'
import { setDefaults } from '../test/foreign-defaults.ts'
import { untilSomebodyWaitsForALock } from '../test/until-somebody-waits.ts'
import { connectionTarget } from './connection-target.ts'
import { makeConnections } from './connections.ts'
import { type Database, migrate, migrationStatements, openDatabase, pendingMigrations } from './index.ts'
import { schemaMigrations } from './migrations/schema-migrations.ts'
import { connectionOptions } from './pool-options.ts'

const prepare = (): Promise<void> => Promise.resolve()
const names = schemaMigrations.map(({ name }) => name)

const schema = `
  select 'column', table_name, column_name,
    concat_ws(' ', ordinal_position, data_type, character_maximum_length, is_nullable, column_default)
    from information_schema.columns where table_schema = 'public'
  union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
  union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace
  union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger
    where not tgisinternal
  union all select 'function', '', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
  order by 1, 2, 3, 4`

const schemaOf = async ({ pool }: Database): Promise<ReadonlyArray<unknown>> =>
  (await pool.query({ text: schema, rowMode: 'array' })).rows

describe('the schema', () => {
  let opened: ReadonlyArray<{ readonly database: Database; readonly testDatabase: TestDatabase }> = []
  const aBareDatabase = async (): Promise<Database> => {
    const testDatabase = await openTestDatabase({ name: 'bare', prepare })
    const database = await openDatabase(databaseSettings(testDatabase.url))
    opened = [...opened, { database, testDatabase }]
    return database
  }
  afterEach(async () => {
    await Promise.all(
      opened.map(async ({ database, testDatabase }) => {
        await database.close()
        await testDatabase.drop()
      }),
    )
    opened = []
  })

  it('is brought up to date once, however many replicas do it at once', async () => {
    const database = await aBareDatabase()
    const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(database)))
    expect(applied.flat()).to.deep.equal(names)
    expect(await pendingMigrations(database)).to.deep.equal([])
    expect(await migrate(database)).to.deep.equal([])
  })

  it("is waited for while another replica works at it, however short this one's statement timeout is", async () => {
    const testDatabase = await openTestDatabase({ name: 'bare', prepare })
    const settings = databaseSettings(testDatabase.url)
    const pool = new Pool({ ...connectionOptions(connectionTarget(settings), settings), query_timeout: 1000 })
    const connections = makeConnections(pool)
    const database: Database = { ...(await openDatabase(settings)), pool, connections, close: () => pool.end() }
    opened = [...opened, { database, testDatabase }]
    const otherReplica = new Client({ connectionString: testDatabase.url })
    await otherReplica.connect()
    await otherReplica.query(
      `begin; select pg_advisory_xact_lock(hashtextextended('pull-secret-service/migrations', 0))`,
    )
    const migrated = migrate(database).catch((error: unknown) => error)
    await otherReplica.query(untilSomebodyWaitsForALock)
    await otherReplica.query('select pg_sleep(1.2)')
    await otherReplica.query('commit')
    await otherReplica.end()
    expect(await migrated).to.deep.equal(names)
  })

  it('is the same whatever the defaults of the database are, by whom it is migrated', async () => {
    const [usual, strange] = [await aBareDatabase(), await aBareDatabase()]
    await migrate(usual)
    const name = new URL(opened[1]?.testDatabase.url ?? '').pathname.slice(1)
    await strange.pool.query(`create schema elsewhere; ${setDefaults(`database ${name}`)}`)
    const later = await openDatabase(databaseSettings(opened[1]?.testDatabase.url ?? ''))
    expect(await migrate(later)).to.deep.equal(names)
    expect(await pendingMigrations(later)).to.deep.equal([])
    await later.close()
    expect(await schemaOf(strange)).to.deep.equal(await schemaOf(usual))
    const { rows } = await strange.pool.query(`select tablename from pg_tables where schemaname = 'elsewhere'`)
    expect(rows).to.deep.equal([])
  })

  it('is looked at without leaving anything behind', async () => {
    const database = await aBareDatabase()
    expect(await pendingMigrations(database)).to.deep.equal(names)
    expect(await migrationStatements(database)).not.to.deep.equal([])
    expect(await schemaOf(database)).to.deep.equal([])
  })

  it('comes out the same when somebody runs the printed statements by hand', async () => {
    const [migrated, byHand] = [await aBareDatabase(), await aBareDatabase()]
    await migrate(migrated)
    await byHand.pool.query((await migrationStatements(byHand)).join(';\n'))
    expect(await schemaOf(byHand)).to.deep.equal(await schemaOf(migrated))
    expect(await pendingMigrations(byHand)).to.deep.equal([])
    expect(await migrationStatements(byHand)).to.deep.equal([])
  })

  it('is the one that the migrator itself would enter its migrations in', async () => {
    const [ours, itsOwn] = [await aBareDatabase(), await aBareDatabase()]
    await migrate(ours)
    const orm = await itsOwn.openOrm()
    await orm.migrator.up()
    await orm.close(true)
    expect(await schemaOf(itsOwn)).to.deep.equal(await schemaOf(ours))
  })
})
