import type { SliceRequest } from '@pull-secret/domain'
import { budgetSlicesSuite, fail } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { aPostgresBudget } from '../test/a-postgres-budget.ts'
import { databaseSettings } from '../test/database-settings.ts'
import { makePostgresBudgetSlices, openDatabase } from './index.ts'

describe('the budgets on PostgreSQL', () => {
  budgetSlicesSuite(aPostgresBudget)

  it('grant nothing while the database is away', async () => {
    const database = await openDatabase(databaseSettings('postgres://nobody@127.0.0.1:1/nothing'))
    const request: SliceRequest = {
      registryId: 'quay',
      terms: { perMinute: 60, burst: 1, share: 1 },
      priority: 'due',
      wanted: 1,
    }
    expect(await fail(makePostgresBudgetSlices(database).take(request))).to.include({ code: 'LEDGER_UNAVAILABLE' })
    await database.close()
  })
})
