import { expect } from 'chai'
import { estimateRollout, slowestOf } from './estimate-rollout.ts'
import type { RolloutEntry } from './read-rollout-list.ts'

const entries = (count: number, registries?: ReadonlyArray<string>): ReadonlyArray<RolloutEntry> =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    clusterId: `cls-${String(index)}`,
    body: { registries },
  }))

const registry = (id: string, type: string, enabled = true) => ({
  registry_id: id,
  type,
  enabled,
  required: true,
  hosts: [],
})

const types = { quay: { perMinute: 60, requests: { create: 2, login: 2 } } }

describe('the estimate of a rollout', () => {
  it('counts requests by type, and takes the budget of the options before that of the type', () => {
    const of = (budgets: Readonly<Record<string, number>>) =>
      estimateRollout(entries(100), [registry('quay', 'quay')], types, budgets)[0]
    expect(of({})).to.include({ credentials: 100, perMinute: 60, budgetFrom: 'default of the type' })
    expect(of({})?.seconds).to.deep.equal({ creates: 190, withLogins: 390 })
    expect(of({ quay: 300 })).to.include({ perMinute: 300, budgetFrom: 'option' })
    expect(of({ quay: 300 })?.seconds).to.deep.equal({ creates: 30, withLogins: 70 })
  })

  it('says where nothing is known, and takes no time for it', () => {
    const [edge] = estimateRollout(entries(5), [registry('edge', 'distribution')], types, {})
    expect(edge).to.include({ budgetFrom: 'unknown', credentials: 5 })
    expect(edge?.seconds).to.equal(undefined)
    expect(slowestOf([])).to.equal(undefined)
  })

  it('leaves out what clusters do not ask for, and disabled registries', () => {
    const list = [...entries(2, ['edge']), ...entries(3)]
    const estimates = estimateRollout(
      list,
      [registry('quay', 'quay'), registry('edge', 'quay'), registry('old', 'quay', false)],
      types,
      {},
    )
    expect(estimates.map(({ registryId, credentials }) => [registryId, credentials])).to.deep.equal([
      ['quay', 3],
      ['edge', 5],
    ])
  })

  it('takes as long as the slowest registry', () => {
    const estimates = estimateRollout(entries(100), [registry('quay', 'quay'), registry('fast', 'quay')], types, {
      fast: 6000,
    })
    expect(slowestOf(estimates)).to.deep.equal({ creates: 190, withLogins: 390 })
  })
})
