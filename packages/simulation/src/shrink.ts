import { plannedFaults, type FaultKind, type FaultPlan } from './faults.ts'
import { drawHistory, runRandomHistory, type RandomHistoryOptions } from './random-history.ts'
import { runHistory, type History, type HistoryReport } from './run-history.ts'

/** A history with exactly the faults that strike in it: everything needed to see it again. */
export interface Case extends History {
  readonly faults: FaultPlan
}

export const runCase = ({ faults, ...history }: Case, trace = false): Promise<HistoryReport> => runHistory(history, plannedFaults(faults), trace)

/** Leaves out ever smaller parts of a list, as long as what is left still fails. */
const smallest = async <A>(items: ReadonlyArray<A>, stillFails: (fewer: ReadonlyArray<A>) => Promise<boolean>): Promise<ReadonlyArray<A>> => {
  let kept = items
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const fewer = [...kept.slice(0, start), ...kept.slice(start + size)]
      if (await stillFails(fewer)) kept = fewer
      else start += size
    }
  }
  return kept
}

type Strike = readonly [string, FaultKind]

const planOf = (strikes: ReadonlyArray<Strike>): FaultPlan => Object.fromEntries(strikes)

/** The fewest operations and faults that still break the promise that was broken first. */
export const shrink = async (failing: RandomHistoryOptions, onStep: () => void = () => undefined): Promise<Case> => {
  const { struck, violations } = await runRandomHistory(failing)
  const broken = violations[0]?.invariant
  const fails = async (shorter: Case): Promise<boolean> => {
    onStep()
    return (await runCase(shorter)).violations.some(({ invariant }) => invariant === broken)
  }
  const fewerOperations = async (from: Case): Promise<Case> =>
    ({ ...from, operations: await smallest(from.operations, (operations) => fails({ ...from, operations })) })
  const fewerFaults = async (from: Case): Promise<Case> =>
    ({ ...from, faults: planOf(await smallest<Strike>(Object.entries(from.faults), (strikes) => fails({ ...from, faults: planOf(strikes) }))) })
  const shortest = await fewerOperations(await fewerFaults(await fewerOperations({ ...drawHistory(failing), faults: struck })))
  return { ...shortest, faults: (await runCase(shortest)).struck }
}
