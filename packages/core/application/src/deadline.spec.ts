import { expect } from 'chai'
import * as T from 'fp-ts/lib/Task.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { answerBy, waitAtMost } from './deadline.ts'

describe('deadline', () => {
  it('gives what a task gave, or nothing when the time is over', async () => {
    const { clock, alarms } = makeNotedClock()
    expect(await waitAtMost(clock, 250)(T.of('done'))()).to.equal('done')
    expect(
      await waitAtMost({ ...clock, alarm: () => T.of(undefined) }, 250)(() => new Promise(() => undefined))(),
    ).to.equal(undefined)
    expect(alarms).to.deep.equal([250])
  })

  it('takes a time that is over already for no time at all', async () => {
    const { clock, alarms } = makeNotedClock()
    await waitAtMost(clock, -5)(T.of(1))()
    expect(alarms).to.deep.equal([0])
  })

  it('lets a vendor call end four seconds after the last moment to send, with an unknown outcome', async () => {
    const { clock, alarms } = makeNotedClock(1000)
    expect(await answerBy(clock, 26_000)(T.of({ kind: 'created' }))()).to.deep.equal({ kind: 'created' })
    expect(
      await answerBy(
        { ...clock, alarm: () => T.of(undefined) },
        26_000,
      )(() => new Promise<{ kind: 'created' }>(() => undefined))(),
    ).to.deep.equal({ kind: 'unknown', problem: 'timeout' })
    expect(alarms).to.deep.equal([29_000])
  })
})
