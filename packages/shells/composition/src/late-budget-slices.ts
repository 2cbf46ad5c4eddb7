import type { BudgetSlices } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface LateBudgetSlices {
  readonly slices: BudgetSlices
  /** From now on they are these. */
  readonly use: (slices: BudgetSlices) => void
}

/** For registries that are opened, so that their faults are told, before the storage of their budgets is. */
export const makeLateBudgetSlices = (): LateBudgetSlices => {
  let used: BudgetSlices = { take: () => TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }) }
  return {
    slices: { take: (request) => used.take(request) },
    use: (slices) => {
      used = slices
    },
  }
}
