import type { Case } from './case.ts'
import { plannedFaults } from './faults.ts'
import { drawHistory, type RandomHistoryOptions, runRandomHistory } from './random-history.ts'
import { reduceCase } from './reduce-case.ts'
import { type HistoryReport, runHistory } from './run-history.ts'
import type { TraceOption } from './world.ts'

export const runCase = ({ faults, ...history }: Case, option?: TraceOption): Promise<HistoryReport> =>
  runHistory(history, plannedFaults(faults), option)

/** The smallest case that still breaks the promise that was broken first. */
export const shrink = async (failing: RandomHistoryOptions, onStep: () => void = () => undefined): Promise<Case> => {
  const { struck, violations } = await runRandomHistory(failing)
  const broken = violations[0]?.invariant
  const shortest = await reduceCase({ ...drawHistory(failing), faults: struck }, async (shorter) => {
    onStep()
    return (await runCase(shorter)).violations.some(({ invariant }) => invariant === broken)
  })
  return { ...shortest, faults: (await runCase(shortest)).struck }
}
