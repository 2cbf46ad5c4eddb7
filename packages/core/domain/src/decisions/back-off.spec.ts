import { expect } from 'chai'
import { backOffSeconds, ownDelaySeconds } from '../index.ts'

describe('back off', () => {
  it('doubles from a second to five minutes, spread by at most a quarter', () => {
    const waits = [1, 2, 3, 9, 10, 1000].map((tries) => backOffSeconds(tries, 'row'))
    const bases = [1, 2, 4, 256, 300, 300]
    expect(waits.every((wait, index) => wait >= (bases[index] ?? 0) && wait <= (bases[index] ?? 0) * 1.25)).to.equal(
      true,
    )
    expect(backOffSeconds(5, 'one')).not.to.equal(backOffSeconds(5, 'other'))
  })

  it('differs from row to row in the same way on every replica', () => {
    const waits = ['credential-1', 'credential-2', 'ab', 'ba'].map((seed) => backOffSeconds(1, seed))
    expect(waits).to.deep.equal([1.1535, 1.14375, 1.00775, 1.21525])
  })

  it('is for what was sent: what was not is looked at when it was told to, or at once where only time ran out', () => {
    expect(ownDelaySeconds({ kind: 'not_sent', problem: 'object_busy', retryAfterSeconds: 7 })).to.equal(7)
    expect(ownDelaySeconds({ kind: 'not_sent', problem: 'deadline_passed' })).to.equal(1)
    expect(ownDelaySeconds({ kind: 'not_sent', problem: 'storage_failed' })).to.equal(undefined)
    expect(ownDelaySeconds({ kind: 'refused', problem: 'throttled', retryAfterSeconds: 7 })).to.equal(undefined)
  })
})
