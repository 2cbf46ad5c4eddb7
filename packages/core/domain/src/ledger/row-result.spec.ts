import { expect } from 'chai'
import { answeringResult, decided, resultOfRow } from '../index.ts'
import { aCredential } from '../testing/index.ts'

describe('the result of one piece of work', () => {
  it('is done where a credential is in use or proved gone', () => {
    for (const state of ['ready', 'active', 'retiring', 'revoked'] as const)
      expect(resultOfRow(aCredential({ state, problem: 'quota' })), state).to.equal('done')
  })

  it('waits for what a later attempt may bring, and is refused where somebody has to change something', () => {
    for (const state of ['intended', 'revoking'] as const) {
      expect(resultOfRow(aCredential({ state, problem: undefined }))).to.equal('waiting')
      expect(resultOfRow(aCredential({ state, problem: 'throttled' }))).to.equal('waiting')
      expect(resultOfRow(aCredential({ state, problem: 'unreachable' }))).to.equal('waiting')
      expect(resultOfRow(aCredential({ state, problem: 'administrator_refused' }))).to.equal('refused')
      expect(resultOfRow(aCredential({ state, problem: 'file_unusable' }))).to.equal('refused')
      expect(resultOfRow(aCredential({ state, problem: 'unreadable_answer' }))).to.equal('refused')
    }
  })

  it('is stuck where a revocation was tried in vain many times, whatever was answered last', () => {
    expect(resultOfRow(aCredential({ state: 'revoking', problem: 'throttled', stuckSince: 1 }))).to.equal('stuck')
  })

  it('is read off what a decision leaves of the row, and not of its successor', () => {
    const row = aCredential({ id: 'one', state: 'intended' })
    const note = { kind: 'credential_noted', before: row, after: { ...row, problem: 'quota' } } as const
    const other = aCredential({ id: 'two', state: 'active' })
    const decision = decided(undefined, [note, { kind: 'credential_noted', before: other, after: other }])
    expect(answeringResult(decision, row).answer).to.equal('refused')
    expect(answeringResult(decision, row).transitions).to.equal(decision.transitions)
    expect(answeringResult(decided(undefined), row).answer).to.equal('waiting')
  })
})
