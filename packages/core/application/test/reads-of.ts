import type { Clock, ClusterView, LedgerReads } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** Shows one view after the other, the last one for ever, and each as read when it was asked for. */
export const readsAt = (clock: Pick<Clock, 'now'>, ...views: ReadonlyArray<ClusterView>): LedgerReads => {
  const reads = readsOf(...views)
  return {
    ...reads,
    cluster: (clusterId) => TE.map((view: ClusterView) => ({ ...view, readAt: clock.now() }))(reads.cluster(clusterId)),
  }
}

/** Shows one view after the other, the last one for ever. */
export const readsOf = (...views: ReadonlyArray<ClusterView>): LedgerReads => {
  let shown = 0
  return {
    cluster: () =>
      TE.fromIO(() => {
        const view = views[Math.min(shown, views.length - 1)] as ClusterView
        shown += 1
        return view
      }),
    sharedObjectRows: () => TE.right([]),
    ping: TE.right(undefined),
  }
}
