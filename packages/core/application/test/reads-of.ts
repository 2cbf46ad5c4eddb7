import type { ClusterView, LedgerReads } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

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
