import type { AuditAction } from '../audit/audit-record.ts'
import type { ClusterState } from './cluster.ts'

export type ClusterRule = 'K1' | 'K2' | 'K3' | 'K4' | 'K5'

export interface ClusterTransitionRow {
  readonly from: ReadonlyArray<ClusterState | 'absent'>
  readonly to: ClusterState
  readonly action: AuditAction
  readonly meaning: string
}

/** Every legal change of a cluster's state, and no other. */
// prettier-ignore
export const clusterTransitions: Readonly<Record<ClusterRule, ClusterTransitionRow>> = {
  K1: { from: ['absent'], to: 'live', action: 'create', meaning: 'first generate' },
  K2: { from: ['live'], to: 'deleting', action: 'delete', meaning: 'delete; every row moves to revoking in the same transaction' },
  K3: { from: ['deleting'], to: 'deleted', action: 'delete', meaning: 'every row of the incarnation is revoked' },
  K4: { from: ['deleted'], to: 'live', action: 'create', meaning: 'recreated by naming the deleted incarnation' },
  K5: { from: ['absent', 'deleted'], to: 'deleted', action: 'delete', meaning: 'delete of an id without a life, so that a generate sent before it cannot win' },
}

export const isLegalClusterTransition = (rule: ClusterRule, from: ClusterState | 'absent', to: ClusterState): boolean =>
  clusterTransitions[rule].from.includes(from) && clusterTransitions[rule].to === to
