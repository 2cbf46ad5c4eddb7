import type { ReplicaFacts } from '@pull-secret/domain'
import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { Client } from 'pg'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { type Database, makePostgresReplicaRegister, openDatabase } from './index.ts'

describe('the replicas in PostgreSQL', () => {
  let test: TestDatabase
  let database: Database
  let session: Client
  before(async () => {
    test = await anEmptyDatabase()
    database = await openDatabase(databaseSettings(test.url))
    session = new Client(test.url)
    await session.connect()
  })
  after(async () => {
    await session.end()
    await database.close()
    await test.drop()
  })

  const facts = (digit: number): ReplicaFacts => ({
    id: `00000000-0000-4000-8000-00000000000${String(digit)}`,
    component: 'server',
    host: `pod-${String(digit)}`,
    version: '1.0.0',
    keyIds: [],
  })
  const beat = (digit: number) => makePostgresReplicaRegister(database).beat(facts(digit))()
  const hosts = async () => {
    const seen = await makePostgresReplicaRegister(database).seen()
    return E.isRight(seen) ? seen.right.replicas.map(({ host }) => host) : seen.left.code
  }
  const age = (digit: number, minutes: number) =>
    session.query('update replicas set seen_at = seen_at - make_interval(mins => $2) where id = $1', [
      facts(digit).id,
      minutes,
    ])
  const rows = async () => (await session.query('select from replicas')).rowCount

  it('tells of whoever was lost within the hour, and gives older rows to those who begin', async () => {
    for (const digit of [1, 2]) await beat(digit)
    await age(1, 59)
    expect([await hosts(), await beat(3), await rows()]).to.deep.equal([['pod-1', 'pod-2'], E.right(undefined), 3])
    await age(1, 2)
    expect(await hosts()).to.deep.equal(['pod-2', 'pod-3'])
    await beat(4)
    expect([await hosts(), await rows()]).to.deep.equal([['pod-2', 'pod-3', 'pod-4'], 3])
  })

  it('has whoever lost its row to another begin anew', async () => {
    await beat(1)
    expect(await hosts()).to.deep.equal(['pod-2', 'pod-3', 'pod-4', 'pod-1'])
  })
})
