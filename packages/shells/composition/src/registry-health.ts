import type { AccessCheck, CallProblem } from '@pull-secret/domain'

/** What the last call showed that this process made to a registry; `unknown` before the first. */
export type RegistryHealth = { readonly kind: 'unknown' } | AccessCheck

/** The state of one configured registry. */
export interface ReportedHealth {
  readonly registryId: string
  readonly state: RegistryHealth
  /** The registry failed again and again, and is asked rarely. */
  readonly isCircuitOpen: boolean
}

/** What every outcome of a registry's call has: a problem where it did not give what was asked. */
export interface CallOutcome {
  readonly kind: string
  readonly problem?: CallProblem
}

/** Nothing was asked of the registry. */
const ownReasons: ReadonlyArray<CallProblem | undefined> = [
  'deadline_passed',
  'budget_spent',
  'budget_unavailable',
  'circuit_open',
]

const saysNothing = ({ kind, problem }: CallOutcome): boolean =>
  ownReasons.includes(problem) || (kind === 'indeterminate' && problem === undefined)

export const healthAfter = (state: RegistryHealth, outcome: CallOutcome): RegistryHealth => {
  if (saysNothing(outcome)) return state
  return outcome.problem === undefined ? { kind: 'working' } : { kind: 'failing', problem: outcome.problem }
}
