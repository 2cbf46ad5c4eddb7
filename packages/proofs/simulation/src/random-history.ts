import { type FaultKind, randomFaults } from './faults.ts'
import { drawOperations } from './operations.ts'
import { type History, type HistoryReport, runHistory } from './run-history.ts'

export interface RandomHistoryOptions {
  readonly seed: number
  readonly operations: number
  readonly vendors: ReadonlyArray<string>
  readonly deployments: number
  readonly faultProbability: number
  readonly allowedFaults?: ReadonlyArray<FaultKind>
  readonly trace?: boolean
}

/** Faults are drawn apart from everything else, so that leaving one out changes nothing before it. */
const faultSeed = (seed: number): number => seed * 104_729

export const drawHistory = ({ seed, operations, vendors, deployments }: RandomHistoryOptions): History => ({
  seed,
  vendors,
  deployments,
  operations: drawOperations(seed, operations, deployments),
})

/** A history and its faults, all drawn from one seed. */
export const runRandomHistory = (options: RandomHistoryOptions): Promise<HistoryReport> =>
  runHistory(
    drawHistory(options),
    randomFaults(faultSeed(options.seed), options.faultProbability, options.allowedFaults),
    options,
  )
