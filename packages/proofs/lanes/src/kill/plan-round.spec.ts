import { expect } from 'chai'
import { planRound } from './plan-round.ts'
import { makeSeededRandom } from './seeded-random.ts'

const plans = (seed: number, count = 200) => {
  const random = makeSeededRandom(seed)
  return Array.from({ length: count }, (_, round) => planRound(random, round, ['cls-old001', 'cls-old002']))
}

describe('the plan of a round', () => {
  it('is the same for the same seed and another for another', () => {
    expect(plans(1)).to.deep.equal(plans(1))
    expect(plans(1)).not.to.deep.equal(plans(2))
  })

  it('holds every kind of call, one and two replicas, faults at both vendors, and callers who leave', () => {
    const drawn = plans(3)
    const calls = drawn.flatMap((plan) => plan.calls)
    expect(new Set(calls.map(({ kind }) => kind))).to.deep.equal(
      new Set(['generate', 'get', 'delete', 'verify', 'recreate']),
    )
    expect(new Set(drawn.map(({ replicas }) => replicas))).to.deep.equal(new Set([1, 2]))
    expect(new Set(drawn.flatMap(({ faults }) => faults.map(({ vendor }) => vendor)))).to.deep.equal(
      new Set(['quay', 'rhit']),
    )
    expect(calls.some(({ leavesAfterMilliseconds }) => leavesAfterMilliseconds !== undefined)).to.equal(true)
  })
})
