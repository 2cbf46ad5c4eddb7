import { decided } from '@pull-secret/domain'
import { aBan, aCause } from '@pull-secret/domain/testing'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { databaseSettings } from '../test/database-settings.ts'
import {
  type Database,
  makePostgresDueWork,
  makePostgresLedger,
  migrate,
  migrationStatements,
  openDatabase,
  pendingMigrations,
} from './index.ts'
import { ledgerProtocol } from './ledger-protocol.ts'

/** The first statement of what the release with the subjects of any length did not have. */
const firstOfLaterRelease = 'add column tries'

/** A row as that release wrote it: it knew no column that came later. */
const rowOf = (cluster: string, number: number, state: string, registry: string): string => {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const obtained = ['ready', 'active', 'retiring'].includes(state)
  const [username, token] = obtained ? [`'org+robot${String(number)}'`, `'sealed'`] : ['null', 'null']
  return `insert into registry_credentials (id, username, token, cluster_id, registry_id, created_at, incarnation,
      generation, scope, vendor_name, state, fence, attempts, outcome, revocations, proof, next_attempt_at)
    values ('${id}', ${username}, ${token}, '${cluster}', '${registry}', '2026-01-01', 1,
      ${String(number)}, 'scope', 'name-${String(number)}', '${state}', 1, 1, '${obtained ? 'created' : 'unknown'}',
      ${state === 'revoking' ? '3' : '0'}, ${state === 'revoked' ? `'delete_accepted'` : 'null'}, '2026-01-02')`
}

const clusterOf = (id: string, state: string): string =>
  `insert into clusters (id, state, incarnation, wants_all_registries, wanted_registries, published_at, created_at,
      created_by, sealed_fingerprint_key)
    values ('${id}', '${state}', 1, true, '{}', '2026-01-01', '2026-01-01', 'adapter', 'sealed')`

const states: ReadonlyArray<readonly [state: string, registry: string]> = [
  ['revoked', 'quay'],
  ['revoking', 'quay'],
  ['retiring', 'quay'],
  ['active', 'quay'],
  ['active', 'rhit'],
  ['ready', 'edge'],
  ['intended', 'acr'],
]

describe('a database of an earlier release', () => {
  let testDatabase: TestDatabase
  let database: Database
  beforeEach(async () => {
    testDatabase = await openTestDatabase({ name: 'earlier', prepare: () => Promise.resolve() })
    database = await openDatabase(databaseSettings(testDatabase.url))
    const statements = await migrationStatements(database)
    const end = statements.findIndex((statement) => statement.includes(firstOfLaterRelease))
    await database.pool.query([...statements.slice(0, end), 'commit'].join(';\n'))
    const rows = states.map(([state, registry], index) => rowOf('cls-abc123', index + 1, state, registry))
    await database.pool.query([clusterOf('cls-abc123', 'live'), ...rows].join(';\n'))
  })
  afterEach(async () => {
    await database.close()
    await testDatabase.drop()
  })

  const ledgerOf = async (clusterId: string) => {
    const read = await makePostgresLedger(database).change(clusterId, (ledger) => E.right(decided(ledger)))()
    if (E.isLeft(read)) throw new Error(read.left.code)
    return read.right
  }

  it('is taken over with rows in every state', async () => {
    expect(await migrate(database)).not.to.deep.equal([])
    expect(await pendingMigrations(database)).to.deep.equal([])
    const { cluster, credentials, generations } = await ledgerOf('cls-abc123')
    expect(cluster).to.include({ state: 'live', incarnation: 1, epoch: 0 })
    expect(cluster?.servedRegistries).to.deep.equal(['quay', 'rhit'])
    expect(credentials.map(({ registryId, state, tries }) => [registryId, state, tries])).to.deep.equal([
      ['acr', 'intended', 0],
      ['edge', 'ready', 0],
      ['quay', 'revoking', 3],
      ['quay', 'retiring', 0],
      ['quay', 'active', 0],
      ['rhit', 'active', 0],
    ])
    expect(generations).to.deep.equal({ quay: 4, rhit: 5, edge: 6, acr: 7 })
  })

  it('still takes what a replica of that release writes once it is migrated', async () => {
    await migrate(database)
    await database.pool.query(`${clusterOf('cls-late01', 'live')}; ${rowOf('cls-late01', 99, 'active', 'quay')}`)
    const { cluster, credentials } = await ledgerOf('cls-late01')
    expect([cluster?.servedRegistries, credentials.map(({ state }) => state)]).to.deep.equal([[], ['active']])
  })

  it('notices what a replica of that release writes over what was read', async () => {
    await migrate(database)
    const versions = async () => {
      const { cluster, credentials } = await ledgerOf('cls-abc123')
      return [cluster?.version, ...credentials.map(({ version }) => version)]
    }
    const before = await versions()
    await database.pool.query(`
      update clusters set next_attempt_at = clock_timestamp(); update registry_credentials set fence = fence + 1`)
    expect(await versions()).to.deep.equal(before.map((version) => (version ?? 0) + 1))
  })

  it('is left alone by a replica of this release once a later one must not be mixed with it', async () => {
    await migrate(database)
    await database.pool.query(`
      insert into deployment (id, minimum_writer) values ('fleet', ${String(ledgerProtocol + 1)});
      update registry_credentials set next_attempt_at = clock_timestamp() - interval '1 hour'`)
    const refused = await makePostgresLedger(database).change('cls-abc123', () => E.right(decided(undefined)))()
    expect(E.isLeft(refused) && refused.left.code === 'LEDGER_UNAVAILABLE' && refused.left.fault).to.include({
      code: 'OUTDATED_WRITER',
      isLasting: true,
    })
    const terms = { leaseSeconds: 30, landingWindowSeconds: 900, mayCreate: true, mayRepeatUnknown: true }
    const claimed = await makePostgresDueWork(database).claim({
      terms: { ...terms, registryId: 'quay', scope: 'scope' },
      kind: 'obligations',
      attemptIds: ['00000000-0000-4000-9000-000000000001'],
    })()
    expect(E.isRight(claimed) && claimed.right).to.deep.equal([])
  })

  it('keeps releases that know no bans from writing once an id is banned', async () => {
    await migrate(database)
    await database.pool.query(`insert into deployment (id) values ('fleet')`)
    const minimumWriter = async () =>
      (await database.pool.query<{ minimum_writer: number }>('select minimum_writer from deployment')).rows
    const ban = aBan({ clusterId: 'cls-abc123' })
    const banned = { kind: 'ban_moved', rule: 'B1', before: undefined, after: ban, cause: aCause() } as const
    expect(await minimumWriter()).to.deep.equal([{ minimum_writer: 1 }])
    const written = await makePostgresLedger(database).change('cls-abc123', () =>
      E.right(decided(undefined, [banned])),
    )()
    expect([E.isRight(written), await minimumWriter()]).to.deep.equal([true, [{ minimum_writer: 2 }]])
  })

  it('goes on counting generations whatever rows are erased, and whatever that release adds', async () => {
    await migrate(database)
    await database.pool.query(`
      delete from registry_credentials where cluster_id = 'cls-abc123';
      ${rowOf('cls-abc123', 2, 'revoked', 'quay')}; ${rowOf('cls-abc123', 9, 'revoked', 'rhit')}`)
    expect((await ledgerOf('cls-abc123')).generations).to.deep.equal({ quay: 4, rhit: 9, edge: 6, acr: 7 })
  })
})
