import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'

/** No deployment sends more to a vendor than its part of the vendor's limit. */
export const limitsAreKept = ({ fleet: { spentCalls, deploymentId } }: Side): ReadonlyArray<Violation> =>
  [...spentCalls.values()]
    .map((spent) => spent.excess())
    .filter((excess) => excess > 0)
    .map((excess) => ({
      invariant: 'contract',
      message: `${deploymentId} sent ${String(excess)} requests more than its budget allows`,
    }))
