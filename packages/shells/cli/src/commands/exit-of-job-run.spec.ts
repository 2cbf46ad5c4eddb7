import { expect } from 'chai'
import { exitOfJobRun } from './exit-of-job-run.ts'

describe('the exit code of a job run', () => {
  it('alarms for what a person has to mend, and says to retry what could not be recorded', () => {
    const exitOf = (counts: Readonly<Record<string, number>>) =>
      exitOfJobRun({ job: 'recovery', finished: true, summary: { rows: 9, clusters: 9, ...counts } })
    expect(exitOf({})).to.equal('ok')
    expect(exitOf({ done: 1, waiting: 8, refused: 0, stuck: 0, failed: 0 })).to.equal('ok')
    expect(exitOf({ refused: 1 })).to.equal('checkFailed')
    expect(exitOf({ stuck: 1 })).to.equal('checkFailed')
    expect(exitOf({ failed: 1, refused: 1 })).to.equal('unavailable')
  })
})
