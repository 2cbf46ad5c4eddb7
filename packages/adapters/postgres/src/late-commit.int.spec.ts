import { decided } from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import type { TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { openLosingWay } from '../test/losing-way.ts'
import { type Database, makePostgresLedger, openDatabase } from './index.ts'

describe('a commit that never reaches PostgreSQL, over a connection that nobody ends', () => {
  let testDatabase: TestDatabase
  let way: Awaited<ReturnType<typeof openLosingWay>>
  let database: Database
  let waiting: Database
  beforeEach(async () => {
    testDatabase = await anEmptyDatabase()
    way = await openLosingWay(testDatabase.url)
    database = await openDatabase(databaseSettings(way.url, { statementTimeoutSeconds: 1 }))
    // It waits longer than what it waits for lasts, which for equal times would be a race.
    waiting = await openDatabase(databaseSettings(testDatabase.url))
  })
  afterEach(async () => {
    await waiting.close()
    await database.close()
    way.close()
    await testDatabase.drop()
  })

  it('is given up by the server after the time of a statement, and what it locked goes to who waits', async () => {
    const bear = (bearing: Database) =>
      makePostgresLedger(bearing).change('cls-abc123', ({ cluster }) =>
        E.right(
          cluster === undefined
            ? decided('born', [
                { kind: 'cluster_moved', rule: 'K1', before: undefined, after: aCluster(), cause: aCause() },
              ])
            : decided('present'),
        ),
      )
    way.loseNextCommit('late')
    expect((await fail(bear(database))).code).to.equal('LEDGER_OUTCOME_UNKNOWN')
    expect(await succeed(bear(waiting))).to.equal('born')
    await way.landLate()
    expect(await succeed(bear(database))).to.equal('present')
  })
})
