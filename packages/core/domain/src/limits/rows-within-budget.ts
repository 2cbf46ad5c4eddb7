import type { BudgetTerms } from './budget-slices.ts'
import { bucketTermsOf } from './decide-slice.ts'

/** Requests that one row takes at its vendor: creating and granting, or reading, deleting and reading again. */
const requestsPerRow = 3

/**
 * How many rows may be taken under leases at once, so that the budget has a turn for each of their requests in the time
 * in which leases send. At least one; no bound without a budget.
 */
export const rowsWithinBudget = (terms: BudgetTerms | undefined, sendSeconds: number): number => {
  if (terms === undefined) return Infinity
  return Math.max(1, Math.floor((bucketTermsOf(terms).perMinute * sendSeconds) / 60 / requestsPerRow))
}
