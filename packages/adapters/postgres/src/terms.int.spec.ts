import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { ledgerSuites } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { Client } from 'pg'
import { anEmptyDatabase, postgresLedgers } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { setDefaults } from '../test/foreign-defaults.ts'
import type { Connection } from './connection.ts'
import { type Database, openDatabase } from './index.ts'
import { readingStatements, writingStatements } from './single-statements.ts'
import { inTransaction } from './transaction.ts'

const stated = `
  select
    current_setting('transaction_isolation') as isolation,
    current_setting('synchronous_commit') as durability,
    current_setting('search_path') as path,
    current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock`

type Terms = Readonly<Record<'isolation' | 'durability' | 'path' | 'statement' | 'lock', string>>

const termsOf = async (connection: Connection): Promise<Terms | undefined> =>
  (await connection.query<Terms>(undefined, stated, []))[0]

const floor: Terms = {
  isolation: 'read committed',
  durability: 'on',
  path: 'public, pg_temp',
  statement: '5s',
  lock: '3s',
}

describe('what the service asks of PostgreSQL', () => {
  let testDatabase: TestDatabase
  let outside: Client
  let database: Database | undefined
  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
    outside = new Client({ connectionString: testDatabase.url })
    await outside.connect()
  })
  afterEach(async () => {
    await database?.close()
    await outside.end()
    await testDatabase.drop()
  })

  /** For every session that begins from now on. */
  const byDefault = (settings?: Readonly<Record<string, string>>) =>
    outside.query(setDefaults(`database ${new URL(testDatabase.url).pathname.slice(1)}`, settings))

  for (const [where, preparedStatements] of [
    ['', true],
    [', behind a pooler too', false],
  ] as const) {
    const open = async (poolSize = 10): Promise<Database> =>
      (database = await openDatabase(databaseSettings(testDatabase.url, { preparedStatements, poolSize })))

    it(`holds in a transaction whatever the defaults of the database are${where}`, async () => {
      await byDefault()
      expect(await inTransaction(await open(), termsOf)).to.deep.equal(floor)
    })

    it(`holds for a single statement that writes${where}`, async () => {
      await byDefault()
      expect(await termsOf(writingStatements(await open()))).to.deep.equal(floor)
    })

    it(`holds for a single statement that reads, but for what only matters to a write${where}`, async () => {
      await byDefault()
      expect(await termsOf(readingStatements(await open()))).to.deep.include({
        isolation: floor.isolation,
        path: floor.path,
        statement: floor.statement,
        lock: floor.lock,
      })
    })

    it(`waits for a standby to apply a commit where the database does${where}`, async () => {
      await byDefault({ synchronous_commit: 'remote_apply' })
      const found = await open()
      const durability = [
        (await inTransaction(found, termsOf))?.durability,
        (await termsOf(writingStatements(found)))?.durability,
      ]
      expect(durability).to.deep.equal(['remote_apply', 'remote_apply'])
    })

    for (const weak of ['off', 'local', 'remote_write']) {
      it(`raises synchronous_commit = ${weak} to on${where}`, async () => {
        await byDefault({ synchronous_commit: weak })
        const found = await open()
        const durability = [
          (await inTransaction(found, termsOf))?.durability,
          (await termsOf(writingStatements(found)))?.durability,
        ]
        expect(durability).to.deep.equal(['on', 'on'])
      })
    }
  }

  it('ends with each transaction in a session that a pooler shares with others', async () => {
    await byDefault()
    database = await openDatabase(databaseSettings(testDatabase.url, { preparedStatements: false, poolSize: 1 }))
    const session = await database.pool.connect()
    const before = (await session.query(stated)).rows
    session.release()
    await inTransaction(database, termsOf)
    await termsOf(readingStatements(database))
    await termsOf(writingStatements(database))
    expect((await database.pool.query(stated)).rows).to.deep.equal(before)
  })

  it('is not diverted by a temporary table that another client left in a shared session', async () => {
    database = await openDatabase(databaseSettings(testDatabase.url, { preparedStatements: false, poolSize: 1 }))
    await database.pool.query('create temporary table clusters as table clusters')
    const schemaOf = async (connection: Connection) =>
      (
        await connection.query(undefined, `select 'clusters'::regclass::oid = 'public.clusters'::regclass as ours`, [])
      )[0]
    expect(await inTransaction(database, schemaOf)).to.deep.equal({ ours: true })
    expect(await schemaOf(readingStatements(database))).to.deep.equal({ ours: true })
  })
})

describe('the PostgreSQL ledger under defaults for other programs, behind a pooler', () => {
  const asStranger = async (url: string): Promise<string> => {
    const own = new URL(url)
    own.username = 'stranger'
    own.password = 'synthetic'
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(`create role stranger superuser login password 'synthetic'; ${setDefaults('role stranger')}`)
    await client.end()
    return own.href
  }
  // A transaction whose commit comes late ends before others give up waiting for its locks.
  ledgerSuites(postgresLedgers(asStranger, { preparedStatements: false, statementTimeoutSeconds: 2 }))
})
