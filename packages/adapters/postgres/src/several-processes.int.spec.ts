import {
  type AuditEvent,
  type Credential,
  type CredentialLedger,
  decided,
  refusalsChain,
  unnamedRefusalEvent,
} from '@pull-secret/domain'
import { aCause, aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { PoolClient } from 'pg'
import { postgresLedgers, type PostgresLedgerSubject } from '../test/a-postgres-ledger.ts'
import { untilSomebodyWaitsForALock, untilTwoWaitForLocks } from '../test/until-somebody-waits.ts'
import { makePostgresLedger } from './index.ts'

const clusterId = 'cls-abc123'
const anEvent: AuditEvent = {
  cause: aCause(),
  action: 'create',
  outcome: 'failure',
  metadata: { problem: 'throttled' },
}
const databaseTime = `select (date_part('epoch', clock_timestamp()) * 1000)::bigint as now`

/** One process lets its own decisions about a cluster queue up; only the database keeps those of several apart. */
describe('the PostgreSQL ledger of several processes', () => {
  const open = postgresLedgers()
  let subject: PostgresLedgerSubject
  let session: PoolClient
  beforeEach(async () => {
    subject = await open()
    session = await subject.database.pool.connect()
  })
  afterEach(async () => {
    session.release()
    await subject.close()
  })

  const store = (...rows: ReadonlyArray<Credential>) => storeIn(clusterId, ...rows)
  const storeIn = (id: string, ...rows: ReadonlyArray<Credential>) =>
    succeed(
      subject.ledger.change(id, () =>
        E.right(
          decided(undefined, [
            { kind: 'cluster_moved', rule: 'K1', before: undefined, after: aCluster({ id }), cause: aCause() },
            ...rows.map((after) => ({ kind: 'credential_added', rule: 'C1', after, cause: aCause() }) as const),
          ]),
        ),
      ),
    )

  it('makes decisions about one cluster one after the other', async () => {
    const tell = (ledger: CredentialLedger) =>
      succeed(ledger.change(clusterId, () => E.right(decided(undefined, [], [anEvent]))))
    const ledgers = Array.from({ length: 4 }, () => makePostgresLedger(subject.database))
    await Promise.all(Array.from({ length: 8 }, () => ledgers.map(tell)).flat())
    expect((await subject.audit(clusterId)).map(({ sequence }) => sequence)).to.deep.equal(
      Array.from({ length: 32 }, (_, index) => index + 1),
    )
  })

  it('keeps refused requests waiting for no cluster', async () => {
    await session.query(`begin; select pg_advisory_xact_lock(hashtextextended('${clusterId}', 0))`)
    const event = unnamedRefusalEvent(3, 'trace')
    await succeed(subject.refusals.append([{ ...event, metadata: { clusters: clusterId } }]))
    expect((await subject.audit(refusalsChain)).length).to.equal(1)
    await session.query('rollback')
  })

  it('lets nobody add a credential where a registry was, while a configuration moves it', async () => {
    await succeed(subject.register.agreeOn('prod-1'))
    await session.query(`begin; select pg_advisory_xact_lock(hashtextextended('${clusterId}', 0))`)
    const stored = store(aFreshCredential({ registryId: 'quay', scope: 'old' }))
    await session.query(untilSomebodyWaitsForALock)
    const moved = subject.register.agreeOnRegistries([{ id: 'quay', scope: 'new', enabled: true, required: true }])()
    await session.query(untilTwoWaitForLocks)
    await session.query('rollback')
    await stored
    const agreed = await moved
    expect(E.isLeft(agreed) && agreed.left.code).to.equal('SCOPE_CHANGED')
  })

  it('tells a decision that had to wait the time at which it is made', async () => {
    await session.query(`begin; select pg_advisory_xact_lock(hashtextextended('${clusterId}', 0))`)
    const told = succeed(subject.ledger.change(clusterId, (_ledger, now) => E.right(decided(now))))
    await session.query(untilSomebodyWaitsForALock)
    const {
      rows: [before],
    } = await session.query<{ now: string }>(databaseTime)
    await session.query('commit')
    expect(await told).to.be.at.least(Number(before?.now))
  })

  it('claims what is free while another has locked what is due longer', async () => {
    const nextAttemptAt = Date.parse('2020-01-01T00:00:00Z')
    const [locked, free] = [1, 2].map((order) =>
      aFreshCredential({ clusterId: `cls-locked${String(order)}`, nextAttemptAt: nextAttemptAt + order }),
    )
    if (locked === undefined || free === undefined) throw new Error('two rows were made')
    for (const row of [locked, free]) await storeIn(row.clusterId, row)
    await session.query('begin')
    await session.query('select from registry_credentials where id = $1 for update', [locked.id])
    const terms = {
      registryId: locked.registryId,
      scope: locked.scope,
      leaseSeconds: 30,
      landingWindowSeconds: 900,
      mayCreate: true,
      mayRepeatUnknown: true,
    }
    const claimed = await subject.dueWork.claim({
      terms,
      kind: 'obligations',
      attemptIds: ['00000000-0000-4000-a000-000000000001'],
    })()
    await session.query('rollback')
    expect(E.isRight(claimed) && claimed.right.map(({ credential }) => credential.id)).to.deep.equal([free.id])
  })

  for (const statement of [
    `update credential_audit_log set reason = 'another'`,
    'delete from credential_audit_log',
    'truncate credential_audit_log',
  ]) {
    it(`lets nobody alter the audit by ${statement.split(' ')[0] ?? ''}`, async () => {
      await store()
      const refusal: unknown = await session.query(statement).catch((error: unknown) => error)
      expect(refusal).to.be.an('error').with.property('message', 'the audit log is append-only')
    })
  }
})
