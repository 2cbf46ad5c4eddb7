import type { CreateOutcome } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import type { Task } from 'fp-ts/lib/Task.js'
import type { FaultKind } from '../src/faults.ts'
import { makeRandom } from '../src/random.ts'
import { makeReplica } from '../src/replica.ts'
import { makeScheduler } from '../src/scheduler.ts'
import { silentTimeline } from '../src/timeline.ts'
import { makeImaginaryAdapter } from '../src/vendors/imaginary-adapter.ts'
import { makeImaginaryVendor } from '../src/vendors/imaginary-vendor.ts'
import { knobsOf, landingWindowSeconds } from '../src/vendors/vendor-knobs.ts'

/** An imaginary vendor of a kind and its adapter, whose requests meet the given faults, one after the other. */
export const anImaginaryClient = (kind: string, faults: Array<FaultKind | undefined>, seed = 1) => {
  const scheduler = makeScheduler()
  const random = makeRandom(seed)
  const knobs = knobsOf(kind)
  let jumpedMilliseconds = 0
  const vendor = makeImaginaryVendor({
    knobs,
    clockErrorMilliseconds: 0,
    now: scheduler.now,
    drawToken: () => random.hex(24),
    chance: () => 0.9,
  })
  const client = makeImaginaryAdapter({
    registryId: kind,
    vendor,
    epoch: 0,
    scope: 'imaginary',
    landingWindowSeconds: landingWindowSeconds(knobs),
    executesOnce: knobs.executesOnce,
    replica: makeReplica('one', scheduler),
    passedSince: (moment) => scheduler.now() - moment + jumpedMilliseconds,
    takeName: () => undefined,
    editMarker: () => undefined,
    network: { scheduler, random, timeline: silentTimeline, faultAt: () => faults.shift() },
  })
  /** Lets time pass until the answer is there. */
  const ask = async <A>(task: Task<A>): Promise<A> => {
    const answers: Array<A> = []
    void task().then((answer) => answers.push(answer))
    await scheduler.runUntil(() => answers.length > 0)
    return answers[0] as A
  }
  const create = (vendorName = 'robot'): Promise<CreateOutcome> =>
    ask(client.createCredential({ vendorName, marker: 'ours', terms: until(scheduler.now() + 25_000) }))
  /** The database's clock jumps forward. */
  const jump = (milliseconds: number): void => {
    jumpedMilliseconds += milliseconds
  }
  return { scheduler, vendor, client, ask, create, jump }
}
