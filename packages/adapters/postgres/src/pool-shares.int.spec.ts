import { decided } from '@pull-secret/domain'
import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { Pool } from 'pg'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import {
  type Database,
  makePostgresLedger,
  makePostgresReads,
  makePostgresSharedObjects,
  openDatabase,
} from './index.ts'

const backends = `
  select count(*)::integer as count from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`

describe('the connections of one process', () => {
  let testDatabase: TestDatabase
  let outside: Pool
  let database: Database | undefined
  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
    outside = new Pool({ connectionString: testDatabase.url, max: 1 })
  })
  afterEach(async () => {
    await database?.close()
    await outside.end()
    await testDatabase.drop()
  })

  for (const [where, preparedStatements] of [
    ['', true],
    [', behind a pooler too', false],
  ] as const) {
    it(`are no more than it may have while a table is locked${where}`, async () => {
      const poolSize = 2
      database = await openDatabase(
        databaseSettings(testDatabase.url, { poolSize, preparedStatements, statementTimeoutSeconds: 1 }),
      )
      const reads = makePostgresReads(database)
      const sharedObjects = makePostgresSharedObjects(database)
      await outside.query('begin')
      await outside.query('lock table clusters, registry_credentials, shared_objects in access exclusive mode')
      const refusals = [
        [reads.cluster('cls-abc123'), reads.sharedObjectRows('htpasswd')],
        [sharedObjects.take('htpasswd', '00000000-0000-4000-8000-000000000001', 5), reads.cluster('cls-abc124')],
      ]
      for (const together of refusals) {
        const failures = await Promise.all(together.map((read) => fail<{ readonly code: string }>(read)))
        expect(failures.map(({ code }) => code)).to.deep.equal(['LEDGER_UNAVAILABLE', 'LEDGER_UNAVAILABLE'])
      }
      const { rows } = await outside.query<{ readonly count: number }>(backends)
      expect(rows[0]?.count).to.be.at.most(poolSize)
      await outside.query('rollback')
      await succeed(reads.cluster('cls-abc123'))
    })
  }

  it('serve reads although the database ends every idle one of them right before', async () => {
    database = await openDatabase(databaseSettings(testDatabase.url, { poolSize: 4 }))
    const reads = makePostgresReads(database)
    const useAll = () => Promise.all(Array.from({ length: 4 }, () => succeed(reads.sharedObjectRows('htpasswd'))))
    for (let round = 0; round < 10; round += 1) {
      await useAll()
      await outside.query(`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`)
      await succeed(reads.cluster('cls-abc123'))
    }
  })

  it('serve reads while as many writes as there may be wait for locks', async () => {
    database = await openDatabase(databaseSettings(testDatabase.url, { poolSize: 4 }))
    const ledger = makePostgresLedger(database)
    const clusterIds = Array.from({ length: 12 }, (_, index) => `cls-locked${String(index)}`)
    await outside.query('begin')
    for (const clusterId of clusterIds)
      await outside.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [clusterId])
    const writes = clusterIds.map((clusterId) => ledger.change(clusterId, () => E.right(decided('changed')))())
    await succeed(makePostgresReads(database).cluster('cls-other1'))
    await succeed(makePostgresReads(database).ping)
    await outside.query('rollback')
    expect((await Promise.all(writes)).map((result) => result._tag)).to.deep.equal(clusterIds.map(() => 'Right'))
  })
})
