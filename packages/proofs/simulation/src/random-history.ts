import { drawnSettings, type Setting } from './configuration.ts'
import { drawnFaults, type FaultKind, randomFaults } from './faults.ts'
import type { JudgeName } from './invariants/violations-of.ts'
import { drawOperations } from './operations.ts'
import { type History, type HistoryReport, runHistory } from './run-history.ts'

export interface RandomHistoryOptions {
  readonly seed: number
  readonly operations: number
  readonly vendors: ReadonlyArray<string>
  readonly deployments: number
  readonly faultProbability: number
  /** Absent: all, without what the core does not withstand yet. */
  readonly allowedFaults?: ReadonlyArray<FaultKind>
  /** What a change of configuration may be about; absent: all, without what the core does not withstand yet. */
  readonly settings?: ReadonlyArray<Setting>
  /** Judges that are heard although the core does not withstand them yet. */
  readonly judges?: ReadonlyArray<JudgeName>
  readonly trace?: boolean
}

/** Faults are drawn apart from everything else, so that leaving one out changes nothing before it. */
const faultSeed = (seed: number): number => seed * 104_729

export const drawHistory = (options: RandomHistoryOptions): History => {
  const { seed, vendors, deployments, judges, settings = drawnSettings } = options
  return {
    seed,
    vendors,
    deployments,
    operations: drawOperations({ ...options, settings }),
    ...(judges === undefined ? {} : { judges }),
  }
}

/** A history and its faults, all drawn from one seed. */
export const runRandomHistory = (options: RandomHistoryOptions): Promise<HistoryReport> => {
  const { seed, faultProbability, allowedFaults = drawnFaults } = options
  return runHistory(drawHistory(options), randomFaults(faultSeed(seed), faultProbability, allowedFaults), options)
}
