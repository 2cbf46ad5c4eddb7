import { expect } from 'chai'
import { healthAfter, type RegistryHealth } from './registry-health.ts'

const unknown: RegistryHealth = { kind: 'unknown' }
const working: RegistryHealth = { kind: 'working' }
const failing: RegistryHealth = { kind: 'failing', problem: 'timeout' }

describe('the state of a registry', () => {
  it('is working after every answer that says what was asked', () => {
    for (const kind of [
      'created',
      'name_burnt',
      'found',
      'absent',
      'deleted',
      'listed',
      'valid',
      'invalid',
      'working',
    ]) {
      expect(healthAfter(failing, { kind }), kind).to.deep.equal(working)
    }
  })

  it('is failing after a call that gave nothing, with its problem', () => {
    for (const kind of ['refused', 'unknown', 'not_sent', 'failing', 'indeterminate']) {
      expect(healthAfter(working, { kind, problem: 'unreachable' }), kind).to.deep.equal({
        kind: 'failing',
        problem: 'unreachable',
      })
    }
  })

  it('stays as it was after a call that says nothing about the registry', () => {
    for (const state of [unknown, working, failing]) {
      expect(healthAfter(state, { kind: 'not_sent', problem: 'deadline_passed' })).to.equal(state)
      expect(healthAfter(state, { kind: 'not_sent', problem: 'budget_spent' })).to.equal(state)
      expect(healthAfter(state, { kind: 'not_sent', problem: 'budget_unavailable' })).to.equal(state)
      expect(healthAfter(state, { kind: 'not_sent', problem: 'circuit_open' })).to.equal(state)
      expect(healthAfter(state, { kind: 'indeterminate' })).to.equal(state)
    }
  })
})
