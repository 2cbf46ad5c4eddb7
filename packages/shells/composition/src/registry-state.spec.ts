import { expect } from 'chai'
import { type RegistryState, stateAfter } from './registry-state.ts'

const unknown: RegistryState = { kind: 'unknown' }
const working: RegistryState = { kind: 'working' }
const failing: RegistryState = { kind: 'failing', problem: 'timeout' }

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
      expect(stateAfter(failing, { kind }), kind).to.deep.equal(working)
    }
  })

  it('is failing after a call that gave nothing, with its problem', () => {
    for (const kind of ['refused', 'unknown', 'not_sent', 'failing', 'indeterminate']) {
      expect(stateAfter(working, { kind, problem: 'unreachable' }), kind).to.deep.equal({
        kind: 'failing',
        problem: 'unreachable',
      })
    }
  })

  it('stays as it was after a call that says nothing about the registry', () => {
    for (const state of [unknown, working, failing]) {
      expect(stateAfter(state, { kind: 'not_sent', problem: 'deadline_passed' })).to.equal(state)
      expect(stateAfter(state, { kind: 'indeterminate' })).to.equal(state)
    }
  })
})
