import { findIllegalTransition } from '@pull-secret/domain'
import type { Violation } from '@pull-secret/simulation'
import { expect } from 'chai'
import { addTallies, describeTally, emptyTally, tallyOf } from './tally.ts'

const tallyWith = (violations: ReadonlyArray<Violation>, transitions: ReadonlyArray<string> = []) =>
  tallyOf(7, {
    transitions: new Set(transitions),
    states: new Set(),
    struck: { '0/vendor.create/0': 'paused', '0/vendor.create/1': 'paused' },
    violations,
  })

describe('the tally of many histories', () => {
  it('counts the transitions that no table allows, whether a ledger refused them or they were written', () => {
    const refused = findIllegalTransition({
      kind: 'cluster_moved',
      rule: 'K2',
      before: undefined,
      after: { id: 'cls-aaaaaa', state: 'deleting' } as never,
      cause: { subject: '', reason: '', traceId: '' },
    })
    const tally = tallyWith([
      { invariant: 'bug', message: `the ledger refuses a decision: ${refused ?? ''}` },
      { invariant: 'I4', message: 'row: C5 cannot lead from active to revoking' },
      { invariant: 'I1', message: 'quay holds an object which no row accounts for' },
    ])
    expect(describeTally(tally)).to.contain(', 2 illegal')
  })

  it('covers each row of the tables by itself', () => {
    const text = describeTally(tallyWith([], ['K5 absent -> deleted']))
    expect(text).to.contain('K5 deleted -> deleted: NOT REACHED')
    expect(text).not.to.contain('K5 absent -> deleted: NOT REACHED')
    expect(text).to.contain('transitions covered: 1 of 25, 0 illegal')
  })

  it('adds up', () => {
    const total = [
      tallyWith([{ invariant: 'I1', message: 'orphan' }], ['K1 absent -> live']),
      tallyWith([], ['K2 live -> deleting']),
    ].reduce(addTallies, emptyTally)
    expect(total).to.deep.equal({
      runs: 2,
      transitions: ['K1 absent -> live', 'K2 live -> deleting'],
      states: [],
      struck: { paused: 4 },
      illegal: 0,
      failedSeeds: [7],
    })
  })
})
