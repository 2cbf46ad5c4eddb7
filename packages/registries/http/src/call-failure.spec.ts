import { expect } from 'chai'
import { type CallFailure, failureOfResult, isCallFailure } from './call-failure.ts'
import { answered } from './testing/scripted-http.ts'

const failures: ReadonlyArray<CallFailure> = [
  { kind: 'refused', problem: 'quota', firstStep: true },
  { kind: 'unknown', problem: 'timeout' },
  { kind: 'not_sent', problem: 'unreachable' },
]

describe('the failure of a call', () => {
  it('is what the answer says, or that there was none', () => {
    expect(failureOfResult(answered(500), 0)).to.deep.equal({ kind: 'unknown', problem: 'server_error' })
    expect(failureOfResult({ kind: 'not_sent', problem: 'unreachable' }, 0)).to.deep.equal({
      kind: 'not_sent',
      problem: 'unreachable',
    })
  })

  it('is told from everything that a vendor may answer', () => {
    expect(failures.every(isCallFailure)).to.equal(true)
    for (const found of ['missing', undefined, null, [], { name: 'one' }, { name: 'one', kind: 'user' }])
      expect(isCallFailure(found), JSON.stringify(found)).to.equal(false)
  })
})
