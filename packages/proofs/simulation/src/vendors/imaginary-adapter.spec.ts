import type { RegistryClient } from '@pull-secret/domain'
import { registryClientSuite, type RegistrySubject } from '@pull-secret/port-contracts'
import type { Task } from 'fp-ts/lib/Task.js'
import type { PortCall } from '../faults.ts'
import { makeRandom } from '../random.ts'
import { makeReplica } from '../replica.ts'
import { makeScheduler } from '../scheduler.ts'
import { silentTimeline } from '../timeline.ts'
import { makeImaginaryAdapter } from './imaginary-adapter.ts'
import { makeImaginaryVendor } from './imaginary-vendor.ts'
import { knobsOf, landingWindowSeconds, vendorKinds, type VendorKnobs } from './vendor-knobs.ts'

const deadlineMilliseconds = 15_000
const quickOperationSeconds = 5

/** Every knob on its own too. */
const kinds = [
  ...Object.keys(vendorKinds),
  'quay+slow-delete',
  'quay+slow-create',
  'quay+truncating',
  'quay+retaining+unlisted',
  'one-shot+granted',
  'caller-secret+lagging',
]

/** Chance that lets operations be quick and listings whole, unless something else was drawn before. */
const ordinary = 0.9
const rare = 0.1

/**
 * An adapter of a file lets its own writers take turns. The imaginary one does not, so that in the simulation nothing
 * but the
 * lease keeps writers apart; for the suite, which has no leases, they take their turns here.
 */
const makeTurns = ({ sharedObject }: VendorKnobs) => {
  let last: Promise<unknown> = Promise.resolve()
  return <A>(task: Task<A>): Task<A> =>
    !sharedObject
      ? task
      : () => {
          const turn = last.then(task)
          last = turn
          return turn
        }
}

const open = (knobs: VendorKnobs): RegistrySubject => {
  const scheduler = makeScheduler()
  const losing = new Set<PortCall>()
  const drawn: Array<number> = []
  const chosen: Array<string> = []
  const random = makeRandom(5)
  const vendor = makeImaginaryVendor({
    knobs,
    clockErrorMilliseconds: 0,
    now: scheduler.now,
    drawToken: () => chosen.shift() ?? random.hex(24),
    chance: () => drawn.shift() ?? ordinary,
  })
  const client = makeImaginaryAdapter({
    registryId: 'suite',
    vendor,
    epoch: 0,
    scope: 'imaginary',
    landingWindowSeconds: landingWindowSeconds(knobs),
    executesOnce: knobs.executesOnce,
    replica: makeReplica('suite', scheduler),
    passedSince: (moment) => scheduler.now() - moment,
    takeName: () => undefined,
    editMarker: () => undefined,
    network: {
      scheduler,
      random: makeRandom(6),
      timeline: silentTimeline,
      faultAt: (call) => (losing.delete(call) ? 'answer_lost' : undefined),
    },
  })
  const visibleAfter =
    (Math.min(knobs.operationSeconds, quickOperationSeconds) + knobs.lagSeconds + knobs.deleteSeconds) * 1000

  /**
   * Time passes only while somebody waits for an answer, and until it can be seen; calls that are made at the same
   * time share it.
   */
  let underWay = 0
  let passing: Promise<void> | undefined
  const pass = async (): Promise<void> => {
    await scheduler.runUntil(() => underWay === 0)
    if (underWay > 0) throw new Error('a call never ended')
    await scheduler.advance(visibleAfter)
    passing = undefined
  }
  const inTime =
    <A>(task: Task<A>): Task<A> =>
    async () => {
      underWay += 1
      const answer = task().finally(() => {
        underWay -= 1
      })
      await (passing ??= pass())
      return answer
    }
  const inTurn = makeTurns(knobs)
  const { listCredentials } = client
  const timed: RegistryClient = {
    ...client,
    createCredential: (request) => inTime(inTurn(client.createCredential(request))),
    getCredential: (request) => inTime(client.getCredential(request)),
    deleteCredential: (request) => inTime(inTurn(client.deleteCredential(request))),
    validateCredential: (request) => inTime(client.validateCredential(request)),
    listCredentials: listCredentials === undefined ? undefined : (deadline) => inTime(listCredentials(deadline)),
  }
  return {
    client: timed,
    deadline: () => scheduler.now() + deadlineMilliseconds,
    passedDeadline: () => scheduler.now() - 1,
    accepts: (username, token) => Promise.resolve(vendor.accepts(username, token)),
    objects: () => Promise.resolve(vendor.present().map((object) => object.vendorName)),
    addForeign:
      knobs.uniqueNames && !knobs.sharedObject
        ? async (vendorName) => {
            vendor.addForeign(vendorName, 'somebody else')
            await scheduler.advance(visibleAfter)
          }
        : undefined,
    loseNextAnswer: (of) => {
      losing.add(knobs.sharedObject ? 'vendor.write' : `vendor.${of}`)
      return Promise.resolve()
    },
    chooseNextToken:
      knobs.recoveryClass === 'caller-secret'
        ? undefined
        : (token) => {
            chosen.push(token)
            return Promise.resolve()
          },
    forgetAdministrator: knobs.sharedObject
      ? undefined
      : () => {
          vendor.withholdPermission(Infinity)
          return Promise.resolve()
        },
    longOperations:
      knobs.operationSeconds === 0
        ? undefined
        : {
            outlastNextDeadline: () => {
              drawn.push(ordinary, rare)
              return Promise.resolve()
            },
            takeEffect: () => scheduler.advance(knobs.operationSeconds * 1000),
          },
    truncateNextListing: !knobs.truncatesListings
      ? undefined
      : () => {
          drawn.push(rare)
          return Promise.resolve()
        },
    closeClient: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

describe('the imaginary adapter', () => {
  kinds.forEach((kind) => {
    describe(`of a vendor that is ${kind}`, () => {
      registryClientSuite(() => Promise.resolve(open(knobsOf(kind))))
    })
  })
})
