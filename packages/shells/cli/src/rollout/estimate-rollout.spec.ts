import { expect } from 'chai'
import { estimateRollout, slowestOf } from './estimate-rollout.ts'
import type { RolloutEntry } from './read-rollout-list.ts'

const entries = (count: number, registries?: ReadonlyArray<string>): ReadonlyArray<RolloutEntry> =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    clusterId: `cls-${String(index)}`,
    body: { registries },
  }))

const budgetOf = (perMinute: number, share = 1) => ({ per_minute: perMinute, burst: 10, share })

const registry = (id: string, type: string, { enabled = true, budget = budgetOf(60) } = {}) => ({
  registry_id: id,
  type,
  enabled,
  required: true,
  hosts: [],
  budget,
})

const requests = { quay: { create: 2, login: 2 } }

describe('the estimate of a rollout', () => {
  it('counts requests by type, and as long as the budget makes them last after its burst', () => {
    const of = (budget: ReturnType<typeof budgetOf>) =>
      estimateRollout(entries(100), [registry('quay', 'quay', { budget })], requests)[0]
    expect(of(budgetOf(60))).to.include({ credentials: 100, perMinute: 60 })
    expect(of(budgetOf(60))?.seconds).to.deep.equal({ creates: 190, withLogins: 390 })
    expect(of(budgetOf(600))?.seconds).to.deep.equal({ creates: 19, withLogins: 39 })
    expect(of(budgetOf(600, 0.5))).to.deep.include({ perMinute: 300, seconds: { creates: 39, withLogins: 79 } })
  })

  it('takes no time where nothing is known of the type, or no budget is kept', () => {
    const free = { ...registry('free', 'quay'), budget: undefined }
    const estimates = estimateRollout(entries(5), [registry('edge', 'distribution'), free], requests)
    expect(estimates.map(({ credentials, seconds }) => [credentials, seconds])).to.deep.equal([
      [5, undefined],
      [5, undefined],
    ])
    expect(estimates[1]).to.include({ perMinute: undefined })
    expect(slowestOf(estimates)).to.equal(undefined)
  })

  it('leaves out what clusters do not ask for, and disabled registries', () => {
    const list = [...entries(2, ['edge']), ...entries(3)]
    const estimates = estimateRollout(
      list,
      [registry('quay', 'quay'), registry('edge', 'quay'), registry('old', 'quay', { enabled: false })],
      requests,
    )
    expect(estimates.map(({ registryId, credentials }) => [registryId, credentials])).to.deep.equal([
      ['quay', 3],
      ['edge', 5],
    ])
  })

  it('takes as long as the slowest registry', () => {
    const fast = registry('fast', 'quay', { budget: budgetOf(6000) })
    const estimates = estimateRollout(entries(100), [registry('quay', 'quay'), fast], requests)
    expect(slowestOf(estimates)).to.deep.equal({ creates: 190, withLogins: 390 })
  })
})
