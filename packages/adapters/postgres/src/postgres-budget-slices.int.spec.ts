import type { SliceRequest } from '@pull-secret/domain'
import { budgetSlicesSuite, fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { aPostgresBudget } from '../test/a-postgres-budget.ts'
import { anEmptyDatabase } from '../test/a-postgres-ledger.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { makePostgresBudgetSlices, openDatabase } from './index.ts'

const aRequest: SliceRequest = {
  registryId: 'quay',
  terms: { perMinute: 60, burst: 1, share: 1 },
  priority: 'due',
  wanted: 1,
}

describe('the budgets on PostgreSQL', () => {
  budgetSlicesSuite(aPostgresBudget)

  it('are granted while every place for writes is taken', async () => {
    const testDatabase = await anEmptyDatabase()
    const database = await openDatabase(databaseSettings(testDatabase.url))
    const writes = { take: () => new Promise<never>(() => undefined) }
    expect(await succeed(makePostgresBudgetSlices({ ...database, writes }).take(aRequest))).to.include({ granted: 1 })
    await database.close()
    await testDatabase.drop()
  })

  it('grant nothing while the database is away', async () => {
    const database = await openDatabase(databaseSettings('postgres://nobody@127.0.0.1:1/nothing'))
    expect(await fail(makePostgresBudgetSlices(database).take(aRequest))).to.include({ code: 'LEDGER_UNAVAILABLE' })
    await database.close()
  })
})
