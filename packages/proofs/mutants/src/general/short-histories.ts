import { fleetOfSeed, runExhaustively, runRandomHistory } from '@pull-secret/simulation'
import { expect } from 'chai'

const parts = 6
const seedsEach = 5
/** The two kinds whose recovery differs most from what the specs of single parts play through. */
const exhaustively = ['one-shot', 'shared-file']

/** A bounded share of the simulation, in small parts: a mutant is judged by the first part that turns red. */
describe('a fleet under faults, in short', () => {
  for (let part = 0; part < parts; part += 1) {
    const first = part * seedsEach + 1
    it(`keeps every invariant in the random histories from seed ${String(first)} on`, async () => {
      for (let seed = first; seed < first + seedsEach; seed += 1) {
        const report = await runRandomHistory({ seed, operations: 50, ...fleetOfSeed(seed), faultProbability: 0.05 })
        expect(report.violations).to.deep.equal([])
      }
    })
  }

  exhaustively.forEach((kind) => {
    it(`keeps every invariant with every fault at every port call of a ${kind} vendor, in short`, async () => {
      expect((await runExhaustively({ vendors: [kind], seed: 7, pairs: false })).findings).to.deep.equal([])
    })
  })
})
