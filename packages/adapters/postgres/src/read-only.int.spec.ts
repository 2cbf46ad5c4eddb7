import { type ClaimTerms, decided, type LedgerFault } from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import { openOwnServer, type OwnServer } from '@pull-secret/embedded-postgres/testing'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { PoolClient } from 'pg'
import { databaseSettings } from '../test/database-settings.ts'
import { openSwitchableWay, type SwitchableWay } from '../test/switchable-way.ts'
import {
  type Database,
  makePostgresDueWork,
  makePostgresLedger,
  makePostgresReads,
  makePostgresSharedObjects,
  migrate,
  openDatabase,
} from './index.ts'

const poolSize = 4

const sessions = `
  select count(*)::integer as count from pg_stat_activity
  where application_name = 'pull-secret-service' and backend_type = 'client backend'`

/** Gives a backend, which ends a moment after its connection, some time to end. */
const untilNoneIsLeft = `
  do $$ begin
    for attempt in 1..500 loop
      exit when (${sessions}) = 0;
      perform pg_sleep(0.01), pg_stat_clear_snapshot();
    end loop;
  end $$`

const migrateAt = async ({ url }: OwnServer): Promise<void> => {
  const database = await openDatabase(databaseSettings(url))
  await migrate(database)
  await database.close()
}

describe('a server that takes no writes', () => {
  let primary: OwnServer
  let standby: OwnServer
  let way: SwitchableWay
  let database: Database
  let told: ReadonlyArray<LedgerFault>

  before(async () => {
    primary = await openOwnServer()
    await migrateAt(primary)
    standby = await primary.openStandby()
  })
  after(async () => {
    await standby.close()
    await primary.close()
  })
  beforeEach(async () => {
    way = await openSwitchableWay(standby.url)
    told = []
  })
  afterEach(async () => {
    await database.close()
    way.close()
  })

  const open = async (preparedStatements: boolean): Promise<void> => {
    database = await openDatabase(
      databaseSettings(way.url, { preparedStatements, poolSize, onFault: (fault) => (told = [...told, fault]) }),
    )
  }
  const change = (clusterId: string) =>
    makePostgresLedger(database).change(clusterId, ({ cluster }) =>
      E.right(
        cluster === undefined
          ? decided('born', [
              {
                kind: 'cluster_moved',
                rule: 'K1',
                before: undefined,
                after: aCluster({ id: clusterId }),
                cause: aCause(),
              },
            ])
          : decided('present'),
      ),
    )
  const read = () => succeed(makePostgresReads(database).sharedObjectRows('htpasswd'))
  /** As many connections as there may be, idle again. */
  const fillPool = () => Promise.all(Array.from({ length: poolSize }, read))
  const sessionsLeftAt = async (server: OwnServer): Promise<unknown> =>
    (await server.query(untilNoneIsLeft, sessions))[0]?.['count']

  const attemptId = '00000000-0000-4000-8000-000000000001'
  const noTerms: ClaimTerms = {
    registryId: 'quay',
    scope: 'scope',
    leaseSeconds: 30,
    landingWindowSeconds: 900,
    mayCreate: true,
    mayRepeatUnknown: true,
  }
  const noticing: ReadonlyArray<readonly [string, () => Promise<E.Either<unknown, unknown>>]> = [
    [
      'a change that has nothing to write',
      () => makePostgresLedger(database).change('cls-none11', () => E.right(decided(0)))(),
    ],
    ['a claim', () => makePostgresDueWork(database).claim({ terms: noTerms, kind: 'obligations', attemptIds: [] })()],
    ['a single statement', () => makePostgresSharedObjects(database).take('htpasswd', attemptId, 5)()],
    ['a ping', () => makePostgresReads(database).ping()],
  ]

  for (const [where, preparedStatements] of [
    ['', true],
    [', behind a pooler too', false],
  ] as const) {
    for (const [what, notice] of noticing) {
      it(`loses every connection to it by ${what}${where}`, async () => {
        await open(preparedStatements)
        await fillPool()
        expect(E.isLeft(await notice())).to.equal(true)
        expect(told.map(({ code }) => code)).to.deep.equal(['25006'])
        expect(await sessionsLeftAt(standby)).to.equal(0)
      })
    }

    it(`is left for the primary at once, without a failed write${where}`, async () => {
      await open(preparedStatements)
      await fillPool()
      way.leadTo(primary.url)
      const clusterIds = Array.from({ length: 8 }, (_, index) => `cls-${String(preparedStatements)}${String(index)}`)
      const changed = await Promise.all(clusterIds.map((clusterId) => succeed(change(clusterId))))
      expect(changed).to.deep.equal(clusterIds.map(() => 'born'))
      expect(await sessionsLeftAt(standby)).to.equal(0)
      await fillPool()
      expect([await sessionsLeftAt(standby), told]).to.deep.equal([0, []])
    })

    it(`is left for the primary by a single statement that writes${where}`, async () => {
      await open(preparedStatements)
      await fillPool()
      way.leadTo(primary.url)
      await succeed(makePostgresSharedObjects(database).take(`single-${String(preparedStatements)}`, attemptId, 5))
      expect([await sessionsLeftAt(standby), told]).to.deep.equal([0, []])
    })

    it(`is left by what was under way there too${where}`, async () => {
      await open(preparedStatements)
      await fillPool()
      const slow = database.connections.use((client) => client.query('select pg_sleep(0.5)'))
      way.leadTo(primary.url)
      await succeed(makePostgresReads(database).ping)
      await slow
      expect(await sessionsLeftAt(standby)).to.equal(0)
    })

    it(`still answers reads, where it is all that there is${where}`, async () => {
      await open(preparedStatements)
      await fail(makePostgresReads(database).ping)
      await fillPool()
    })
  }

  /** Until each of these sessions has taken the new settings of its server over. */
  const untilReadOnly = async (clients: ReadonlyArray<PoolClient>): Promise<void> => {
    const now = async (client: PoolClient) =>
      (await client.query<{ readonly now: string }>(`select current_setting('transaction_read_only') as now`)).rows[0]
    for (const client of clients) while ((await now(client))?.now !== 'on');
  }

  it('any more is left for the standby that was promoted, without a failed write', async () => {
    way.leadTo(primary.url)
    await open(true)
    const clients = await Promise.all(Array.from({ length: poolSize }, () => database.pool.connect()))
    await primary.query('alter system set default_transaction_read_only = on', 'select pg_reload_conf()')
    await untilReadOnly(clients)
    clients.forEach((client) => client.release())
    await standby.query('select pg_promote()')
    way.leadTo(standby.url)
    expect(await succeed(change('cls-later1'))).to.equal('born')
    await fillPool()
    expect([await sessionsLeftAt(primary), told]).to.deep.equal([0, []])
    expect(await standby.query('select id from clusters')).to.deep.equal([{ id: 'cls-later1' }])
  })
})
