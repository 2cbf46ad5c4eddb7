import { type Setting, settings as allSettings } from './configuration.ts'
import { type FaultKind, faultKinds, randomFaults } from './faults.ts'
import { drawOperations } from './operations.ts'
import { type History, type HistoryReport, runHistory } from './run-history.ts'

export interface RandomHistoryOptions {
  readonly seed: number
  readonly operations: number
  readonly vendors: ReadonlyArray<string>
  readonly deployments: number
  readonly faultProbability: number
  /** Absent: all. */
  readonly allowedFaults?: ReadonlyArray<FaultKind>
  /** What a change of configuration may be about; absent: all. */
  readonly settings?: ReadonlyArray<Setting>
  readonly trace?: boolean
}

/** Faults are drawn apart from everything else, so that leaving one out changes nothing before it. */
const faultSeed = (seed: number): number => seed * 104_729

export const drawHistory = (options: RandomHistoryOptions): History => {
  const { seed, vendors, deployments, settings = allSettings } = options
  return {
    seed,
    vendors,
    deployments,
    operations: drawOperations({ ...options, settings }),
  }
}

/** A history and its faults, all drawn from one seed. */
export const runRandomHistory = (options: RandomHistoryOptions): Promise<HistoryReport> => {
  const { seed, faultProbability, allowedFaults = faultKinds } = options
  return runHistory(drawHistory(options), randomFaults(faultSeed(seed), faultProbability, allowedFaults), options)
}
