import type { Credential } from '../credentials/credential.ts'
import type { CallProblem } from '../registries/outcomes.ts'
import { type Decision, withAnswer } from './decision.ts'

/**
 * What one piece of work left of a row. `done`: its credential is there, or proved gone. `waiting`: it is tried again
 * later, and may then succeed. `refused`: somebody has to change something at the registry or in the configuration.
 * `stuck`: a revocation that was tried many times and is not proved.
 */
export type RowResult = 'done' | 'waiting' | 'refused' | 'stuck'

const resultOfProblem: Readonly<Record<CallProblem, 'waiting' | 'refused'>> = {
  timeout: 'waiting',
  connection_lost: 'waiting',
  unreachable: 'waiting',
  untrusted_certificate: 'refused',
  client_certificate_refused: 'refused',
  file_unusable: 'refused',
  server_error: 'waiting',
  unreadable_answer: 'refused',
  throttled: 'waiting',
  administrator_refused: 'refused',
  quota: 'refused',
  request_refused: 'refused',
  name_taken: 'refused',
  grant_failed: 'refused',
  deadline_passed: 'waiting',
  storage_failed: 'refused',
  object_busy: 'waiting',
  budget_spent: 'waiting',
  budget_unavailable: 'waiting',
  circuit_open: 'waiting',
  fence_behind: 'refused',
  not_found: 'refused',
  not_supported: 'refused',
  marker_changed: 'refused',
  still_accepted: 'refused',
  login_refused: 'refused',
}

/** The problems that somebody has to mend. */
export const refusingProblems = (Object.keys(resultOfProblem) as ReadonlyArray<CallProblem>).filter(
  (problem) => resultOfProblem[problem] === 'refused',
)

export const resultOfRow = ({
  state,
  stuckSince,
  problem,
}: Pick<Credential, 'state' | 'stuckSince' | 'problem'>): RowResult => {
  if (state !== 'intended' && state !== 'revoking') return stuckSince === undefined ? 'done' : 'refused'
  if (stuckSince !== undefined) return 'stuck'
  return problem === undefined ? 'waiting' : resultOfProblem[problem]
}

/** The same decision, which answers what it leaves of the row it was made about. */
export const answeringResult = (decision: Decision<unknown>, credential: Credential): Decision<RowResult> => {
  const left = decision.transitions.reduce(
    (row, transition) =>
      (transition.kind === 'credential_moved' || transition.kind === 'credential_noted') &&
      transition.after.id === credential.id
        ? transition.after
        : row,
    credential,
  )
  return withAnswer(decision, resultOfRow(left))
}
