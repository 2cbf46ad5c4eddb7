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
import {
  atMostOne,
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
const inTheEnd = {
  noBugs: onlySeen(noBugs),
  noOrphan,
  nothingBroken,
  nothingReturns,
  foreignLeftAlone,
  atMostOne: onlySeen(atMostOne),
  auditAgrees: onlySeen(auditAgrees),
  clusterAuditAgrees: onlySeen(clusterAuditAgrees),
  everythingAnswered: onlySeen(everythingAnswered),
  everythingInTime: onlySeen(everythingInTime),
  nothingStored: onlySeen(nothingStored),
  rowsAreInOrder: onlySeen(rowsAreInOrder),
  documentsAreWhole: onlySeen(documentsAreWhole),
  deletedStaysDeleted: onlySeen(deletedStaysDeleted),
  livesAreAskedFor: onlySeen(livesAreAskedFor),
  onlyTheLifeAskedFor: onlySeen(onlyTheLifeAskedFor),
  everythingFinished: onlySeen(everythingFinished),
} as const satisfies Readonly<Record<string, Judge>>

/** What must hold at every moment. */
const onTheWay = {
  nothingBroken,
  nothingReturns,
  fewUnsettled: onlySeen(fewUnsettled),
  timesAreDates: onlySeen(timesAreDates),
} as const satisfies Readonly<Record<string, Judge>>

export type JudgeName = keyof typeof inTheEnd | keyof typeof onTheWay

export const judgeNames = [...new Set([...Object.keys(inTheEnd), ...Object.keys(onTheWay)])] as ReadonlyArray<JudgeName>

const judged = (judges: Readonly<Record<string, Judge>>, world: World, side: Side): ReadonlyArray<Violation> =>
  Object.entries(judges).flatMap(([name, judge]) => (world.asks(name as JudgeName) ? judge(world, side) : []))

export const violationsOf = (world: World, side: Side): ReadonlyArray<Violation> => judged(inTheEnd, world, side)

export const violationsOnTheWay = (world: World, side: Side): ReadonlyArray<Violation> => judged(onTheWay, world, side)
