import type { FaultPlan } from './faults.ts'
import type { History } from './run-history.ts'

/** A history with exactly the faults that strike in it: everything needed to see it again. */
export interface Case extends History {
  readonly faults: FaultPlan
}
