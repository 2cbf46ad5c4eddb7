import type { Cluster, Credential, CredentialLedger, Decision, LateFindings, LeaseClaim } from '@pull-secret/domain'
import { aClusterLedger, now } from '@pull-secret/domain/testing'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** A ledger that decides about one row of one cluster, and notes what would have been written. */
export const makeNotedLedger = (cluster: Cluster | undefined, row: Credential) => {
  const records: Array<{
    readonly lease: LeaseClaim
    readonly decision: Decision<unknown>
    readonly findings: LateFindings | undefined
  }> = []
  const view = aClusterLedger(cluster, row)
  const ledger: CredentialLedger = {
    change: (_, decide) =>
      TE.fromIOEither(() => {
        const decided = decide(view, now)
        return decided._tag === 'Left' ? decided : { _tag: 'Right', right: decided.right.answer }
      }),
    record: (lease, decide, findings) =>
      TE.fromIO(() => {
        const decision = decide(view, row, now)
        records.push({ lease, decision, findings })
        return decision.answer
      }),
  }
  return { ledger, records }
}
