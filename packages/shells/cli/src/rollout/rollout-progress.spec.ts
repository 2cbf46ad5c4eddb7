import { expect } from 'chai'
import { describeRollout, durationText, ratePerMinute, type RolloutProgress } from './rollout-progress.ts'

const progress: RolloutProgress = { total: 200, done: 50, failed: 0, doneAt: [], startedAt: 0, now: 0 }
const every = (milliseconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => (index + 1) * milliseconds)

describe('the progress of a rollout', () => {
  it('tells what is done, how fast, and when the rest will be', () => {
    const line = describeRollout({ ...progress, doneAt: every(1000, 50), now: 50_000, failed: 2 })
    expect(line).to.equal('[#####...............]  50/200  25 %  60/min  ETA 2m30s  2 failed')
  })

  it('knows no end before anything was done', () => {
    expect(describeRollout({ ...progress, done: 0 }))
      .to.include('0/min  ETA ?')
      .and.not.to.include('failed')
  })

  it('forgets a burst at the beginning', () => {
    const doneAt = [...every(1, 400), ...every(1000, 600).slice(100)]
    expect(ratePerMinute({ ...progress, doneAt, now: 600_000 })).to.equal(60)
  })

  it('fits into a line of a terminal', () => {
    const doneAt = every(1, 99_999)
    const line = describeRollout({ ...progress, total: 100_000, done: 99_999, failed: 99_999, doneAt, now: 120_000 })
    expect(line.length).to.be.lessThan(80)
  })

  it('names durations in two units at most', () => {
    expect([0, 45, 60, 200, 3599.2, 3600, 7500].map(durationText)).to.deep.equal([
      '0s',
      '45s',
      '1m00s',
      '3m20s',
      '1h00m',
      '1h00m',
      '2h05m',
    ])
  })
})
