import { decided } from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import { openOwnServer, type OwnServer, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { fatalError } from '../test/fatal-error.ts'
import { openLosingWay } from '../test/losing-way.ts'
import { CommitUnknown, RolledBack } from './commit.ts'
import { type Database, makePostgresLedger, openDatabase } from './index.ts'
import { writing } from './ledger-failure.ts'
import { writingStatements } from './single-statements.ts'
import { inTransaction } from './transaction.ts'

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a commit', () => {
  let testDatabase: TestDatabase
  let way: Awaited<ReturnType<typeof openLosingWay>>
  let database: Database
  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
    way = await openLosingWay(testDatabase.url)
    database = await openDatabase(databaseSettings(way.url))
  })
  afterEach(async () => {
    await database.close()
    way.close()
    await testDatabase.drop()
  })

  it('that the server answers with a rollback is a definite failure', async () => {
    const failedBefore = () =>
      inTransaction(database, async ({ query }) => {
        await query(undefined, `insert into deployment (single, id) values (true, 'spec')`, [])
        await query(undefined, 'select 1 / 0', []).catch(() => undefined)
        return E.right('written')
      })
    expect(await errorOf(failedBefore())).to.be.instanceOf(RolledBack)
    const failure = await fail(writing<never, string>(database, failedBefore))
    expect(failure)
      .to.include({ code: 'LEDGER_UNAVAILABLE' })
      .and.to.have.property('fault')
      .that.include({ code: '25P02' })
    expect((await database.pool.query('select id from deployment')).rows).to.deep.equal([])
  })

  it('that happened before the server ended the connection is of unknown outcome', async () => {
    const { change } = makePostgresLedger(database)
    const born = { kind: 'cluster_moved', rule: 'K1', before: undefined, after: aCluster(), cause: aCause() } as const
    way.loseNextCommit('kept', fatalError('57P01', 'terminating connection due to administrator command'))
    const failure = await fail(change('cls-abc123', () => E.right(decided('born', [born]))))
    expect(failure)
      .to.include({ code: 'LEDGER_OUTCOME_UNKNOWN' })
      .and.to.have.property('fault')
      .that.include({ code: '57P01' })
    expect(await succeed(change('cls-abc123', ({ cluster }) => E.right(decided(cluster?.state))))).to.equal('live')
  })
})

describe('a commit on a server of its own', () => {
  let server: OwnServer | undefined
  let database: Database | undefined
  afterEach(async () => {
    await database?.close()
    await server?.close()
  })

  const insert = (id: number) => [undefined, `insert into written values (${String(id)})`, []] as const

  const crash = async (): Promise<void> => {
    await server?.stop('immediate')
    await server?.start()
  }

  for (const [where, preparedStatements] of [
    ['', true],
    [', behind a pooler too', false],
  ] as const) {
    it(`outlives a crash of a server that acknowledges commits before they are written${where}`, async () => {
      server = await openOwnServer({ synchronous_commit: 'off', wal_writer_delay: '10s' })
      await server.query('create table written (id integer)', 'checkpoint')
      database = await openDatabase(databaseSettings(server.url, { preparedStatements }))
      await writingStatements(database).query(...insert(1))
      await crash()
      expect(await server.query('select id from written')).to.deep.equal([{ id: 1 }])
      await database.close()
      database = await openDatabase(databaseSettings(server.url, { preparedStatements }))
      await inTransaction(database, ({ query }) => query(...insert(2)))
      await crash()
      expect(await server.query('select id from written order by id')).to.deep.equal([{ id: 1 }, { id: 2 }])
    })
  }

  for (const [what, end] of [
    ['cancels', 'pg_cancel_backend'],
    ['ends', 'pg_terminate_backend'],
  ] as const) {
    it(`is of unknown outcome where somebody ${what} its wait for a synchronous standby`, async () => {
      server = await openOwnServer()
      await server.query(
        'create table written (id integer)',
        `alter system set synchronous_standby_names = 'away'`,
        'select pg_reload_conf()',
      )
      database = await openDatabase(databaseSettings(server.url))
      const error = errorOf(inTransaction(database, ({ query }) => query(...insert(1))))
      await server.query(`do $$ begin
        loop
          perform ${end}(pid) from pg_stat_activity where wait_event = 'SyncRep';
          exit when found;
          perform pg_sleep(0.01), pg_stat_clear_snapshot();
        end loop;
      end $$`)
      expect(await error).to.be.instanceOf(CommitUnknown)
      expect(await server.query('select id from written')).to.deep.equal([{ id: 1 }])
    })
  }
})
