import { type BudgetSlices, type Clock, decideSlice, type StoredBudget } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface InMemoryBudgetSlicesDeps {
  /** By registry. Share them between adapters to have several processes with one budget. */
  readonly budgets: Map<string, StoredBudget>
  /** The store's own clock. */
  readonly clock: Pick<Clock, 'now'>
}

export const makeInMemoryBudgetSlices = ({ budgets, clock }: InMemoryBudgetSlicesDeps): BudgetSlices => ({
  take: (request) =>
    TE.fromIO(() => {
      const { budget, slice } = decideSlice(budgets.get(request.registryId), request, clock.now())
      budgets.set(request.registryId, budget)
      return slice
    }),
})
