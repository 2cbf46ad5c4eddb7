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
import { auditAgrees, changesAreSetOffRightly, clusterAuditAgrees } from './in-audit.ts'
import { bannedGetsNothing, bannedIsDead, bansAreKept, bansLeaveNothingInUse } from './in-bans.ts'
import { effortIsBounded } from './in-effort.ts'
import { limitsAreKept } from './in-limits.ts'
import {
  alarmsAreTrue,
  atMostOne,
  deletesGoOn,
  everythingFinished,
  fewUnsettled,
  nothingStored,
  rowsAreInOrder,
  timesAreDates,
} from './in-tables.ts'

type Judge = (world: World, side: Side) => ReadonlyArray<Violation>

const onlySeen =
  (judge: (side: Side) => ReadonlyArray<Violation>): Judge =>
  (_world, side) =>
    judge(side)

const noBugs = ({ callers: { bugs } }: Side): ReadonlyArray<Violation> =>
  bugs.map((bug) => ({ invariant: 'bug', message: bug instanceof Error ? bug.message : String(bug) }))

/** What must hold once faults have stopped and the service has come to rest, seen from vendors and callers. */
const inTheEnd: ReadonlyArray<Judge> = [
  onlySeen(noBugs),
  noOrphan,
  nothingBroken,
  nothingReturns,
  foreignLeftAlone,
  onlySeen(atMostOne),
  onlySeen(auditAgrees),
  onlySeen(clusterAuditAgrees),
  onlySeen(changesAreSetOffRightly),
  onlySeen(everythingAnswered),
  onlySeen(everythingInTime),
  onlySeen(nothingStored),
  onlySeen(rowsAreInOrder),
  onlySeen(documentsAreWhole),
  onlySeen(deletedStaysDeleted),
  onlySeen(bannedGetsNothing),
  onlySeen(bannedIsDead),
  onlySeen(bansAreKept),
  onlySeen(livesAreAskedFor),
  onlySeen(onlyTheLifeAskedFor),
  onlySeen(everythingFinished),
  onlySeen(effortIsBounded),
  onlySeen(limitsAreKept),
]

/** What must hold at every moment. */
const onTheWay: ReadonlyArray<Judge> = [
  nothingBroken,
  nothingReturns,
  onlySeen(fewUnsettled),
  onlySeen(timesAreDates),
  onlySeen(deletesGoOn),
  onlySeen(alarmsAreTrue),
  onlySeen(bansLeaveNothingInUse),
]

export const violationsOf = (world: World, side: Side): ReadonlyArray<Violation> =>
  inTheEnd.flatMap((judge) => judge(world, side))

export const violationsOnTheWay = (world: World, side: Side): ReadonlyArray<Violation> =>
  onTheWay.flatMap((judge) => judge(world, side))
