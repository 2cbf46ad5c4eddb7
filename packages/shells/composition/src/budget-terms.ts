import type { BudgetConfig } from '@pull-secret/config'
import type { BudgetTerms } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { RegistrySetup } from './registry-setup.ts'
import type { StartFault } from './start-fault.ts'

/** Ten seconds' worth. */
const defaultBurst = (perMinute: number): number => Math.max(1, Math.floor(perMinute / 6))

const termsOf = (perMinute: number, { burst = defaultBurst(perMinute), share = 1 }: BudgetConfig): BudgetTerms => ({
  perMinute,
  burst,
  share,
})

/** The budget of a registry; none where nothing is said of one. `field` is the path of the entry. */
export const budgetTermsOf = (
  { id, adapter, budget = {} }: Pick<RegistrySetup, 'id' | 'adapter' | 'budget'>,
  field: string,
): E.Either<StartFault, BudgetTerms | undefined> => {
  const fault = (key: string, rule: string): E.Either<StartFault, never> =>
    E.left({ field: `${field}.budget.${key}`, message: `registry ${id}: budget.${key} ${rule}` })
  const { perMinute } = budget
  if (perMinute === undefined)
    return budget.burst === undefined && budget.share === undefined
      ? E.right(undefined)
      : fault('per_minute', `is required: the type ${adapter.type} has no budget of its own`)
  const terms = termsOf(perMinute, budget)
  return terms.burst * terms.share < 1
    ? fault('share', 'must leave at least one request: burst × share is below 1')
    : E.right(terms)
}
