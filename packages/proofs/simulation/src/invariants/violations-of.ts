import type { Violation } from '../violation.ts'
import type { Side, World } from '../world.ts'
import { foreignLeftAlone, noOrphan, nothingBroken, nothingReturns } from './at-vendors.ts'
import {
  deletedStaysDeleted,
  documentsAreWhole,
  everythingAnswered,
  everythingInTime,
  livesAreAskedFor,
  onlyTheLifeAskedFor,
} from './in-answers.ts'
import { auditAgrees, clusterAuditAgrees } from './in-audit.ts'
import { atMostOne, everythingFinished, fewUnsettled, nothingStored, rowsAreInOrder } from './in-tables.ts'

/**
 * Everything that must hold once faults have stopped and the service has come to rest, seen from vendors and callers.
 */
export const violationsOf = (world: World, side: Side): ReadonlyArray<Violation> => [
  ...side.callers.bugs.map((bug) => ({
    invariant: 'bug' as const,
    message: bug instanceof Error ? bug.message : String(bug),
  })),
  ...noOrphan(world, side),
  ...nothingBroken(world, side),
  ...nothingReturns(world, side),
  ...foreignLeftAlone(world),
  ...atMostOne(side),
  ...auditAgrees(side),
  ...clusterAuditAgrees(side),
  ...everythingAnswered(side),
  ...everythingInTime(side),
  ...nothingStored(side),
  ...rowsAreInOrder(side),
  ...documentsAreWhole(side),
  ...deletedStaysDeleted(side),
  ...livesAreAskedFor(side),
  ...onlyTheLifeAskedFor(side),
  ...everythingFinished(side),
]

/** What must hold at every moment. */
export const violationsOnTheWay = (world: World, side: Side): ReadonlyArray<Violation> => [
  ...nothingBroken(world, side),
  ...nothingReturns(world, side),
  ...fewUnsettled(world, side),
]
