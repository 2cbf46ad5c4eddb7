import { expect } from 'chai'
import { laneResult, renderReport, total } from './lane-result.ts'

const ended = (lines: ReadonlyArray<string>, exitCode = 0) => laneResult({ lane: 'test', lines, exitCode, seconds: 2 })

describe('the result of a lane', () => {
  it('is what its last closing line says', () => {
    expect(ended(['1 passed, 0 failed, 0 skipped', 'more', '7 passed, 2 failed, 1 skipped'], 1)).to.include({
      passed: 7,
      failed: 2,
      skipped: 1,
    })
  })

  it('is a failure when it closes without one, or ends badly for all that', () => {
    expect(ended(['all is well'])).to.include({ failed: 1 })
    expect(ended(['7 passed, 0 failed, 0 skipped'], 137)).to.include({ passed: 7, failed: 1 })
  })

  it('is added to the others and shown in a line of its own', () => {
    const results = [ended(['3 passed, 0 failed, 0 skipped']), ended(['4 passed, 1 failed, 2 skipped'], 1)]
    expect(total(results)).to.deep.equal({ passed: 7, failed: 1, skipped: 2 })
    expect(renderReport(results).split('\n')).to.have.length(3)
  })

  it('shows the score of a lane that has one', () => {
    const scored = ended(['score: 97.0 % of 200 mutants noticed', '194 passed, 0 failed, 0 skipped'])
    expect(
      renderReport([scored, ended(['3 passed, 0 failed, 0 skipped'])])
        .split('\n')
        .map((line) => line.includes('97.0 %')),
    ).to.deep.equal([false, true, false])
  })
})
