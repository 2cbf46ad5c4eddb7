import type { Cause } from '../audit/audit-record.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { Transition } from '../ledger/decision.ts'

/** A cluster that is being deleted is deleted when its last row is revoked. */
export const finishDeletion = ({ cluster, credentials }: ClusterLedger, cause: Cause): ReadonlyArray<Transition> =>
  cluster?.state === 'deleting' && credentials.length === 0
    ? [
        {
          kind: 'cluster_moved',
          rule: 'K3',
          before: cluster,
          after: { ...cluster, state: 'deleted', nextAttemptAt: undefined },
          cause,
        },
      ]
    : []
