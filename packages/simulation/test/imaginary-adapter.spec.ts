import type { RegistryClient } from '@pull-secret/domain'
import { registryClientSuite, type RegistrySubject } from '@pull-secret/port-contracts'
import type { Task } from 'fp-ts/lib/Task.js'
import { makeRandom } from '../src/random.ts'
import { makeReplica } from '../src/replica.ts'
import { makeScheduler } from '../src/scheduler.ts'
import { silentTimeline } from '../src/timeline.ts'
import { makeImaginaryAdapter } from '../src/vendors/imaginary-adapter.ts'
import { makeImaginaryVendor } from '../src/vendors/imaginary-vendor.ts'
import { knobsOf, vendorKinds, type VendorKnobs } from '../src/vendors/vendor-knobs.ts'
import type { PortCall } from '../src/faults.ts'

const deadlineMilliseconds = 25_000

/** Every knob on its own too; operations are quick and listings whole, because the suite says what holds of a call that comes to its end. */
const kinds = [...Object.keys(vendorKinds).filter((kind) => kind !== 'long-running'), 'quay+slow-delete', 'quay+retaining+unlisted', 'one-shot+granted', 'caller-secret+lagging']

const open = (knobs: VendorKnobs): RegistrySubject => {
  const scheduler = makeScheduler()
  const losing = new Set<PortCall>()
  const random = makeRandom(5)
  const vendor = makeImaginaryVendor({ knobs, now: scheduler.now, drawToken: () => random.hex(24), chance: () => 0.9 })
  const client = makeImaginaryAdapter({
    vendor, epoch: 0, replica: makeReplica('suite', scheduler), takeName: () => undefined,
    network: { scheduler, random: makeRandom(6), timeline: silentTimeline, faultAt: (call) => (losing.delete(call) ? 'answer_lost' : undefined) },
  })
  const visibleAfter = (knobs.lagSeconds + knobs.deleteSeconds) * 1000

  /** Time passes only while somebody waits for an answer, and until it can be seen. */
  const inTime = <A>(task: Task<A>): Task<A> => async () => {
    let answer: { readonly value: A } | undefined
    void task().then((value) => { answer = { value } })
    await scheduler.runUntil(() => answer !== undefined)
    await scheduler.advance(visibleAfter)
    if (answer === undefined) throw new Error('the call never ended')
    return answer.value
  }
  const { listCredentials } = client
  const timed: RegistryClient = {
    ...client,
    createCredential: (request) => inTime(client.createCredential(request)),
    getCredential: (request) => inTime(client.getCredential(request)),
    deleteCredential: (request) => inTime(client.deleteCredential(request)),
    listCredentials: listCredentials === undefined ? undefined : (deadline) => inTime(listCredentials(deadline)),
  }
  return {
    client: timed,
    deadline: () => scheduler.now() + deadlineMilliseconds,
    passedDeadline: () => scheduler.now() - 1,
    accepts: (username, token) => Promise.resolve(vendor.accepts(username, token)),
    objects: () => Promise.resolve(vendor.present().map((object) => object.vendorName)),
    addForeign: knobs.uniqueNames && !knobs.sharedObject
      ? async (vendorName) => {
          vendor.addForeign(vendorName, 'somebody else')
          await scheduler.advance(visibleAfter)
        }
      : undefined,
    loseNextAnswer: (of) => {
      losing.add(knobs.sharedObject ? 'vendor.write' : `vendor.${of}`)
      return Promise.resolve()
    },
    forgetAdministrator: knobs.sharedObject ? undefined : () => {
      vendor.withholdPermission(Infinity)
      return Promise.resolve()
    },
    closeClient: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

describe('the imaginary adapter', () => {
  kinds.forEach((kind) => {
    describe(`of a vendor that is ${kind}`, () => { registryClientSuite(() => Promise.resolve(open(knobsOf(kind)))) })
  })
})
