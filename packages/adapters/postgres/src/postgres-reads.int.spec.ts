import { decided } from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { type Database, makePostgresLedger, makePostgresReads, openDatabase } from './index.ts'

/** What an array in a statement has to quote, and more ids than one statement takes. */
const clusterIds = [
  ...['a,b', '{a}', '"a"', 'a\\b', 'null', "a'b"],
  ...Array.from({ length: 40 }, (_, index) => `cls-${String(index)}`),
]

describe('simultaneous reads', () => {
  let testDatabase: TestDatabase
  let database: Database
  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
  })
  afterEach(async () => {
    await database.close()
    await testDatabase.drop()
  })

  for (const [where, preparedStatements] of [
    ['', true],
    [', behind a pooler too', false],
  ] as const) {
    for (const poolSize of [1, 4])
      it(`each show their own cluster over ${String(poolSize)} connections${where}`, async () => {
        database = await openDatabase(databaseSettings(testDatabase.url, { poolSize, preparedStatements }))
        const ledger = makePostgresLedger(database)
        for (const id of clusterIds) {
          const born = { kind: 'cluster_moved', rule: 'K1', before: undefined, cause: aCause() } as const
          await succeed(
            ledger.change(id, () =>
              E.right(decided(undefined, [{ ...born, after: aCluster({ id, externalId: `of ${id}` }) }])),
            ),
          )
        }
        const reads = makePostgresReads(database)
        const seen = await Promise.all(
          ['cls-unknown', ...clusterIds, ...clusterIds].map((id) => succeed(reads.cluster(id))),
        )
        expect(seen.map(({ clusterId, cluster }) => [clusterId, cluster?.externalId])).to.deep.equal([
          ['cls-unknown', undefined],
          ...[...clusterIds, ...clusterIds].map((id) => [id, `of ${id}`]),
        ])
      })
  }

  it('are planned once for all, however many there are and however young the tables are', async () => {
    database = await openDatabase(databaseSettings(testDatabase.url, { poolSize: 1 }))
    await database.pool.query(`
      insert into cluster_bans (cluster_id, state, reason, banned_by, banned_at)
      select 'cls-b' || number, 'standing', 'leak', 'sre', now() from generate_series(1, 500) number`)
    await database.pool.query('analyze cluster_bans')
    const { cluster } = makePostgresReads(database)
    for (let count = 1; count <= 10; count += 1)
      await Promise.all(clusterIds.slice(0, count).map((id) => succeed(cluster(id))))
    const { rows } = await database.pool.query<{ readonly plans: string }>(
      `select generic_plans::text as plans from pg_prepared_statements where name = 'view-clusters'`,
    )
    expect(rows).to.deep.equal([{ plans: '5' }])
    const plan = await database.pool.query<Readonly<Record<string, string>>>(
      `explain (costs off) execute "view-clusters" ('{cls-1,cls-2}')`,
    )
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n'))
      .to.include('using idx_registry_credentials_cluster')
      .and.include('using cluster_bans_pkey')
      .and.not.include('Seq Scan on cluster_bans')
  })
})
