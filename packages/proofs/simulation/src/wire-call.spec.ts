import { expect } from 'chai'
import type { FaultKind } from './faults.ts'
import { makeRandom } from './random.ts'
import { makeReplica } from './replica.ts'
import { makeScheduler } from './scheduler.ts'
import { silentTimeline } from './timeline.ts'
import { wireCall } from './wire-call.ts'

/** When a call of the ledger took effect, and when its answer was there. */
const timesOf = async (kind: FaultKind | undefined): Promise<{ effect: number; answer: number }> => {
  const scheduler = makeScheduler()
  const times = { effect: NaN, answer: NaN }
  void wireCall(
    { scheduler, random: makeRandom(1), timeline: silentTimeline, faultAt: () => kind },
    makeReplica('one', scheduler),
    {
      call: 'ledger.change',
      title: () => 'a call',
      tell: () => undefined,
      effect: () => {
        times.effect = scheduler.now()
      },
      answers: {},
      latestLandingMilliseconds: () => 60_000,
    },
  ).then(() => {
    times.answer = scheduler.now()
  })
  await scheduler.runUntil(() => false)
  return times
}

describe('a call over the network', () => {
  it('takes effect and is answered within milliseconds', async () => {
    const { effect, answer } = await timesOf(undefined)
    expect(effect).to.be.within(1, 20)
    expect(answer).to.be.within(2, 40)
  })

  it('takes effect at once where a process stands still before it uses the answer', async () => {
    const { effect, answer } = await timesOf('stalled_after')
    expect(effect).to.be.within(1, 20)
    expect(answer).to.be.at.least(20_000)
  })
})
