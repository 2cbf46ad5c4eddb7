import { type BudgetSlice, type BudgetSlices, decideSlice, type SliceRequest } from '@pull-secret/domain'
import type { Connection } from './connection.ts'
import { reading } from './ledger-failure.ts'
import type { Database } from './open-database.ts'
import { insertBudget, lockBudget, updateBudget } from './statements/call-budget-rows.ts'
import { inReservedTransaction } from './transaction.ts'

const takeUnderLock = async (connection: Connection, request: SliceRequest): Promise<BudgetSlice> => {
  const { budget: stored, now } = await lockBudget(connection, request.registryId)
  const { budget, slice } = decideSlice(stored, request, now)
  if (stored !== undefined) await updateBudget(connection, request.registryId, budget)
  else if (!(await insertBudget(connection, request.registryId, budget))) return takeUnderLock(connection, request)
  return slice
}

/**
 * Budgets on PostgreSQL, a row for each registry. The row's lock puts the processes in order, and the clock is the
 * database's. A slice is granted once its commit is acknowledged; otherwise it is lost for everybody. It is good for a
 * second from when it was asked for, so it does not queue behind the ledger's writes.
 */
export const makePostgresBudgetSlices = (database: Database): BudgetSlices => ({
  take: (request) =>
    reading(database, () => inReservedTransaction(database, (connection) => takeUnderLock(connection, request))),
})
