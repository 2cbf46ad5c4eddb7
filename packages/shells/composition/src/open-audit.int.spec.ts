import type { AuditVerification } from '@pull-secret/application'
import type { Config } from '@pull-secret/config'
import { decided, secretText } from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { makePostgresLedger, migrate } from '@pull-secret/postgres'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { Client } from 'pg'
import { type Audit, openAudit } from './open-audit.ts'
import { openConfiguredDatabase } from './open-configured-database.ts'

/** What somebody with every right may do to the chain of four records of cls-b, and where it shows. */
const deeds: ReadonlyArray<readonly [deed: string, statement: string, rule: string, sequence: number]> = [
  [
    'alters who did it',
    `update credential_audit_log set actor = 'nobody' where chain = 'cls-b' and sequence = 2`,
    'hash',
    2,
  ],
  [
    'moves it by a microsecond',
    `update credential_audit_log set created_at = created_at + interval '1 microsecond'
      where chain = 'cls-b' and sequence = 2`,
    'hash',
    2,
  ],
  [
    'empties what it tells',
    `update credential_audit_log set metadata = 'null' where chain = 'cls-b' and sequence = 2`,
    'hash',
    2,
  ],
  [
    'makes a list of it',
    `update credential_audit_log set metadata = '[]' where chain = 'cls-b' and sequence = 2`,
    'hash',
    2,
  ],
  ['takes a record out', `delete from credential_audit_log where chain = 'cls-b' and sequence = 2`, 'gap', 3],
  ['cuts the newest', `delete from credential_audit_log where chain = 'cls-b' and sequence = 4`, 'head_ahead', 4],
  ['cuts all records', `delete from credential_audit_log where chain = 'cls-b'`, 'head_ahead', 1],
  [
    'puts one before the first',
    `update credential_audit_log set sequence = -7 where chain = 'cls-b' and sequence = 4`,
    'gap',
    -7,
  ],
  ['takes the head away', `delete from audit_chains where chain = 'cls-b'`, 'head_missing', 4],
  ['sets the head back', `update audit_chains set count = 3 where chain = 'cls-b'`, 'head_behind', 4],
  ['alters the head', `update audit_chains set head = repeat('0', 64) where chain = 'cls-b'`, 'head_differs', 4],
]

const clusterIds = ['cls-a', 'cls-b', 'cls-c']

const succeed = async <A>(work: TaskEither<unknown, A>): Promise<A> => {
  const result = await work()
  if (E.isLeft(result)) throw new Error('the database failed')
  return result.right
}

const configOf = (url: string): Config['database'] => ({
  url: secretText(url),
  poolSize: 2,
  preparedStatements: true,
  statementTimeoutSeconds: 5,
  tls: { mode: 'disable' },
})

const tellOf = async (url: string): Promise<void> => {
  const opened = await openConfiguredDatabase(configOf(url), { logger: makeSilentLogger(), onFault: () => undefined })
  if (E.isLeft(opened)) throw new Error('the database cannot be opened')
  const database = opened.right
  const event = { cause: aCause(), action: 'create', outcome: 'failure', metadata: {} } as const
  await migrate(database)
  for (const id of clusterIds) {
    await succeed(
      makePostgresLedger(database).change(id, () =>
        E.right(
          decided(
            undefined,
            [{ kind: 'cluster_moved', rule: 'K1', before: undefined, after: aCluster({ id }), cause: aCause() }],
            [event, event, event],
          ),
        ),
      ),
    )
  }
  await database.close()
}

describe('the audit in PostgreSQL', () => {
  let testDatabase: TestDatabase
  let audit: Audit
  let tamperer: Client
  before(async () => {
    testDatabase = await openTestDatabase({ name: 'audited', prepare: tellOf })
    const opened = await openAudit(configOf(testDatabase.url))
    if (E.isLeft(opened)) throw new Error('the audit cannot be opened')
    audit = opened.right
    tamperer = new Client({ connectionString: testDatabase.url })
    await tamperer.connect()
    await tamperer.query('set session_replication_role = replica')
  })
  after(async () => {
    await tamperer.end()
    await audit.close()
    await testDatabase.drop()
  })

  const verify = (): Promise<AuditVerification> => succeed(audit.verify(() => () => undefined))

  /** Leaves the tables as they were. */
  const afterDeed = async (statement: string): Promise<AuditVerification> => {
    await tamperer.query('create table kept_log as table credential_audit_log')
    await tamperer.query('create table kept_heads as table audit_chains')
    await tamperer.query(statement)
    try {
      return await verify()
    } finally {
      await tamperer.query(`
        truncate credential_audit_log, audit_chains;
        insert into credential_audit_log select * from kept_log;
        insert into audit_chains select * from kept_heads;
        drop table kept_log, kept_heads`)
    }
  }

  it('is whole where nobody touched it', async () => {
    expect(await verify()).to.deep.equal({ chains: 3, records: 12, brokenChains: 0, breaks: [] })
  })

  for (const [deed, statement, rule, sequence] of deeds) {
    it(`shows that somebody ${deed}`, async () => {
      const { chains, brokenChains, breaks } = await afterDeed(statement)
      expect({ chains, brokenChains, breaks }).to.deep.equal({
        chains: 3,
        brokenChains: 1,
        breaks: [{ chain: 'cls-b', sequence, rule }],
      })
    })
  }

  it('shows a chain that was renamed whole', async () => {
    const renamed = `
      update credential_audit_log set chain = '' where chain = 'cls-b';
      update audit_chains set chain = '' where chain = 'cls-b'`
    expect((await afterDeed(renamed)).breaks).to.deep.equal([{ chain: '', sequence: 1, rule: 'other_cluster' }])
  })
})
