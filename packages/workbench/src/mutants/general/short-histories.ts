import { expect } from 'chai'
import { runExhaustively, runRandomHistory, vendorKinds, vendorPlans } from '@pull-secret/simulation'

const kinds = Object.keys(vendorKinds)
const seedsEach = 5
/** The two kinds whose recovery differs most from what the specs of single parts play through. */
const exhaustively = ['one-shot', 'shared-file']

/** A bounded share of the simulation, in small parts: a mutant is judged by the first part that turns red. */
describe('a fleet under faults, in short', () => {
  kinds.forEach((kind, index) => {
    it(`keeps every invariant in ${String(seedsEach)} random histories with a ${kind} vendor and another`, async () => {
      const another = kinds[(index + 1) % kinds.length] ?? kind
      for (let seed = 1; seed <= seedsEach; seed += 1) {
        const report = await runRandomHistory({ seed, operations: 50, plans: vendorPlans([kind, another]), faultProbability: 0.05 })
        expect(report.violations).to.deep.equal([])
      }
    })
  })

  exhaustively.forEach((kind) => {
    it(`keeps every invariant with every fault at every port call of a ${kind} vendor, in short`, async () => {
      expect((await runExhaustively({ plans: vendorPlans([kind]), seed: 7, pairs: false })).findings).to.deep.equal([])
    })
  })
})
