import { fleetOfSeed, type RandomHistoryOptions, runRandomHistory } from '@pull-secret/simulation'
import type { SimulateOptions } from './options.ts'
import { addTallies, emptyTally, type Tally, tallyOf } from './tally.ts'

export const historyOf = (seed: number, options: SimulateOptions): RandomHistoryOptions => {
  const fleet = fleetOfSeed(seed)
  return {
    seed,
    operations: options.operations,
    vendors: options.vendors ?? fleet.vendors,
    deployments: options.deployments ?? fleet.deployments,
    faultProbability: options.rate,
    allowedFaults: options.faults,
    settings: options.changes,
  }
}

/** Every so many seeds of the range, beginning with the given one. */
export const playSeeds = async (
  options: SimulateOptions,
  from: number,
  stride: number,
  onRun: () => void,
): Promise<Tally> => {
  let total = emptyTally
  for (let seed = options.seed + from; seed < options.seed + options.runs; seed += stride) {
    total = addTallies(total, tallyOf(seed, await runRandomHistory(historyOf(seed, options))))
    onRun()
  }
  return total
}
