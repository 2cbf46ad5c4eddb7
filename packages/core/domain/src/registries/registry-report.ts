import type { BudgetTerms } from '../limits/budget-slices.ts'
import type { AccessCheck } from './outcomes.ts'

/** What operators are told of a configured registry. */
export interface RegistryReport {
  readonly registryId: string
  readonly type: string
  readonly enabled: boolean
  readonly required: boolean
  readonly hosts: ReadonlyArray<string>
  /** How many requests may be sent to it. Absent: any number. */
  readonly budget?: BudgetTerms
  /** The process that answers asks it rarely, since it failed again and again. */
  readonly isCircuitOpen: boolean
  /** Present when the vendor was asked. */
  readonly access?: AccessCheck
}
