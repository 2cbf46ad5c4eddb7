import { fleetOfSeed, runExhaustively, runRandomHistory } from '@pull-secret/simulation'

/** Some 15 s of one core without a fault; the simulation's own specs play several times as much. */
const histories = 300
const exhaustively = ['quay', 'one-shot', 'shared-file', 'long-running']

const isSound = async (): Promise<boolean> => {
  for (const kind of exhaustively) {
    if ((await runExhaustively({ vendors: [kind], seed: 7, pairs: false })).findings.length > 0) return false
  }
  for (let seed = 1; seed <= histories; seed += 1) {
    if (
      (await runRandomHistory({ seed, operations: 50, ...fleetOfSeed(seed), faultProbability: 0.05 })).violations
        .length > 0
    )
      return false
  }
  return true
}

process.exitCode = (await isSound()) ? 0 : 1
