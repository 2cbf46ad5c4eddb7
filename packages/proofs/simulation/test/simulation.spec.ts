// Here and not beside a source file because it is the whole fleet that is played.
import { expect } from 'chai'
import {
  fleetOfSeed,
  type HistoryReport,
  runExhaustively,
  runRandomHistory,
  type Share,
  vendorKinds,
} from '../src/index.ts'

const seeds = 400
/** Legal transitions whose trigger exists: the rest belong to pools, rotations, drift and restore. */
const reachable = [
  'B1 lifted -> standing',
  'B1 none -> standing',
  'B2 standing -> lifted',
  'C1 none -> intended',
  'C11 active -> revoking',
  'C14 revoking -> revoked',
  'C3 intended -> ready',
  'C4 intended -> revoked',
  'C5 intended -> revoking',
  'C7 ready -> active',
  'C8 ready -> revoking',
  'K1 absent -> live',
  'K2 live -> deleting',
  'K3 deleting -> deleted',
  'K4 deleted -> live',
  'K5 absent -> deleted',
  'K5 deleted -> deleted',
]

const play = (seed: number): Promise<HistoryReport> =>
  runRandomHistory({ seed, operations: 50, ...fleetOfSeed(seed), faultProbability: 0.05 })

const told = (seed: number, { violations }: HistoryReport): ReadonlyArray<string> =>
  violations.map(({ invariant, message }) => `seed ${String(seed)}: ${invariant} ${message}`)

describe('a fleet under faults', function () {
  // Ends what hangs; on a busy machine the histories take a while.
  this.timeout(600_000)

  it(`keeps every invariant in ${String(seeds)} random histories, and reaches every legal transition`, async () => {
    const transitions = new Set<string>()
    const broken: Array<string> = []
    for (let seed = 1; seed <= seeds; seed += 1) {
      const report = await play(seed)
      report.transitions.forEach((transition) => transitions.add(transition))
      broken.push(...told(seed, report))
    }
    expect(broken).to.deep.equal([])
    expect([...transitions].sort()).to.deep.equal(reachable)
  })

  it('does exactly the same again for the same seed', async () => {
    const options = {
      seed: 11,
      operations: 50,
      vendors: ['quay', 'one-shot-twins'],
      deployments: 2,
      faultProbability: 0.08,
      trace: true,
    }
    expect((await runRandomHistory(options)).timeline).to.deep.equal((await runRandomHistory(options)).timeline)
  })

  it('has played every pair of faults once it has played every share', async () => {
    const played = async (share?: Share) => {
      const { runs } = await runExhaustively({
        vendors: ['direct'],
        seed: 7,
        pairs: true,
        allowedFaults: ['unreachable'],
        share,
      })
      return runs
    }
    const parts = [await played({ part: 1, of: 3 }), await played({ part: 2, of: 3 }), await played({ part: 3, of: 3 })]
    const withoutFault = (await runExhaustively({ vendors: ['direct'], seed: 7, pairs: false, allowedFaults: [] })).runs
    expect(Math.min(...parts)).to.be.greaterThan(withoutFault)
    expect(parts.reduce((sum, part) => sum + part)).to.equal((await played()) + 2 * withoutFault)
  })

  Object.keys(vendorKinds).forEach((kind) => {
    it(`keeps every invariant with any fault at any port call of a ${kind} vendor beside an ordinary one`, async () => {
      const { runs, findings } = await runExhaustively({
        vendors: [kind, kind === 'quay' ? 'one-shot' : 'quay'],
        seed: 7,
        pairs: false,
      })
      expect(
        findings.map(({ kept, report }) => `${JSON.stringify(kept)}: ${report.violations[0]?.message ?? ''}`),
      ).to.deep.equal([])
      expect(runs).to.be.greaterThan(200)
    })
  })
})
