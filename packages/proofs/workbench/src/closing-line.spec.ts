import { expect } from 'chai'
import { closingLine, settledCounts, sumOf } from './closing-line.ts'

describe('the closing line', () => {
  it('says in plain words what passed, failed and was skipped', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 3 })).to.equal('12 passed, 0 failed, 3 skipped')
  })

  it('keeps the counts of a run that ended well', () => {
    expect(settledCounts({ passed: 2, failed: 0, skipped: 1 }, 0)).to.deep.equal({ passed: 2, failed: 0, skipped: 1 })
  })

  it('keeps the counts of a run with failures', () => {
    expect(settledCounts({ passed: 2, failed: 3, skipped: 0 }, 3)).to.deep.equal({ passed: 2, failed: 3, skipped: 0 })
  })

  it('counts a run that ended badly after its last test as a failure', () => {
    expect(settledCounts({ passed: 2, failed: 0, skipped: 0 }, 1)).to.deep.equal({ passed: 2, failed: 1, skipped: 0 })
  })

  it('counts a run that ended before it could count as a failure', () => {
    expect(settledCounts(undefined, 1)).to.deep.equal({ passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a run that executed nothing as a failure', () => {
    expect(settledCounts({ passed: 0, failed: 0, skipped: 4 }, 0)).to.deep.equal({ passed: 0, failed: 1, skipped: 4 })
  })

  it('adds up what several runs counted', () => {
    const counts = [
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]
    expect(sumOf(counts)).to.deep.equal({ passed: 11, failed: 22, skipped: 33 })
  })
})
