import {
  afterTransition,
  afterTransitions,
  auditOf,
  type ClusterLedger,
  type Credential,
  type Decision,
  findIllegalTransition,
  type Instant,
  type Transition,
} from '@pull-secret/domain'
import { appendAudit } from './append-audit.ts'
import { clusterLedgerOf, type LedgerTables, livingRows } from './ledger-tables.ts'
import { brokenRule } from './row-checks.ts'

const namesOf = (tables: LedgerTables): ReadonlyArray<Credential> => [...livingRows(tables), ...tables.revoked.values()]

/** Whether a decision adds a row with a name that another row has or had. */
export const takesUsedName = (tables: LedgerTables, { transitions }: Decision<unknown>): boolean =>
  transitions.some((transition) => isNameUsed(tables, transition))

const isNameUsed = (tables: LedgerTables, transition: Transition): boolean =>
  transition.kind === 'credential_added' &&
  namesOf(tables).some(
    (row) => row.registryId === transition.after.registryId && row.vendorName === transition.after.vendorName,
  )

/** Whether a transition was decided on what has passed. */
const isStale = ({ cluster, ban, credentials }: ClusterLedger, transition: Transition): boolean => {
  switch (transition.kind) {
    case 'cluster_moved':
    case 'cluster_noted':
      return transition.before?.version !== cluster?.version
    case 'ban_moved':
      return transition.before?.version !== ban?.version
    case 'credential_added':
      return false
    case 'credential_moved':
    case 'credential_noted':
      return credentials.find(({ id }) => id === transition.before.id)?.version !== transition.before.version
  }
}

/** The row that a transition leaves; a revoked one is left to no list of rows. */
const rowsLeftBy = (transition: Transition, { credentials }: ClusterLedger): ReadonlyArray<Credential> =>
  transition.kind === 'credential_moved' && transition.after.state === 'revoked'
    ? [...credentials, transition.after]
    : credentials

/** A database checks each statement: rules hold after every step, not only at the end. */
const violationOfSteps = (ledger: ClusterLedger, [next, ...rest]: ReadonlyArray<Transition>): string | undefined => {
  if (next === undefined) return undefined
  if (isStale(ledger, next)) return 'a transition was decided on what has passed'
  const after = afterTransition(ledger, next)
  return brokenRule(rowsLeftBy(next, after)) ?? violationOfSteps(after, rest)
}

/** The faults that a database's constraints would find; a decision with one is a bug and writes nothing. */
const violation = (tables: LedgerTables, clusterId: string, { transitions }: Decision<unknown>): string | undefined =>
  transitions.map(findIllegalTransition).find((rule) => rule !== undefined) ??
  violationOfSteps(clusterLedgerOf(tables, clusterId), transitions)

/** Writes a decision as one step. Throws on a decision that no ledger may write. */
export const applyDecision = (
  tables: LedgerTables,
  clusterId: string,
  decision: Decision<unknown>,
  now: Instant,
): void => {
  const broken = violation(tables, clusterId, decision)
  if (broken !== undefined) throw new Error(`the ledger refuses a decision: ${broken}`)
  for (const transition of decision.transitions) {
    if (transition.kind === 'credential_moved' && transition.after.state === 'revoked')
      tables.revoked.set(transition.after.id, transition.after)
  }
  tables.clusters.set(clusterId, afterTransitions(clusterLedgerOf(tables, clusterId), decision.transitions))
  appendAudit(tables, auditOf(decision, clusterId, now))
}
