import { budgetSlicesSuite } from '@pull-secret/port-contracts'
import { inMemoryBudgetSlices } from '../test/in-memory-budget-subject.ts'

describe('the in-memory budgets', () => {
  budgetSlicesSuite(() => Promise.resolve(inMemoryBudgetSlices()))
})
