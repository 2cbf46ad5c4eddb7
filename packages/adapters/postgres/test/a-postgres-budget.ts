import type { BudgetSlicesSubject } from '@pull-secret/port-contracts'
import { Client } from 'pg'
import { makePostgresBudgetSlices, openDatabase } from '../src/index.ts'
import { anEmptyDatabase } from './a-postgres-ledger.ts'
import { databaseSettings } from './database-settings.ts'
import { openLosingWay } from './losing-way.ts'

/** The database's clock is the machine's: what it has written down moves instead, the other way. */
const move = `
  update call_budgets set
    counted_at = counted_at - make_interval(secs => $1::double precision / 1000),
    demands = (
      select coalesce(
        jsonb_object_agg(key, value || jsonb_build_object('returnsAt', (value ->> 'returnsAt')::numeric - $1)), '{}')
      from jsonb_each(demands))`

/** Budgets as two processes know them, each over a pool of its own. Ends with everything that it opened. */
export const aPostgresBudget = async (): Promise<BudgetSlicesSubject> => {
  const testDatabase = await anEmptyDatabase()
  const way = await openLosingWay(testDatabase.url)
  const databases = await Promise.all([way.url, testDatabase.url].map((url) => openDatabase(databaseSettings(url))))
  const outside = new Client({ connectionString: testDatabase.url })
  await outside.connect()
  const [one, other] = databases.map(makePostgresBudgetSlices)
  if (one === undefined || other === undefined) throw new Error('two databases were opened')
  return {
    processes: [one, other],
    moveClock: async (milliseconds) => {
      await outside.query(move, [milliseconds])
    },
    loseNextCommit: way.loseNextCommit,
    landLate: way.landLate,
    close: async () => {
      await outside.end()
      await Promise.all(databases.map((database) => database.close()))
      way.close()
      await testDatabase.drop()
    },
  }
}
