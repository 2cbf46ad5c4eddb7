import { type Callers, makeCallers } from './callers.ts'
import type { Configuration, SimulatedRegistry } from './configuration.ts'
import type { FaultSource } from './faults.ts'
import { type Fleet, makeFleet } from './fleet.ts'
import { tellsToken, tokenPrefix } from './leaks.ts'
import { makeRandom, streamOf } from './random.ts'
import { makeScheduler, type Scheduler } from './scheduler.ts'
import { makeTimeline, silentTimeline, type Timeline } from './timeline.ts'
import type { ImaginaryObject } from './vendors/imaginary-object.ts'
import { type ImaginaryVendor, makeImaginaryVendor } from './vendors/imaginary-vendor.ts'
import { knobsOf } from './vendors/vendor-knobs.ts'
import type { Violation } from './violation.ts'
import type { Network } from './wire-call.ts'

/** An object of somebody else's at a vendor; nobody of ours may touch it. */
export interface ForeignObject {
  readonly vendor: ImaginaryVendor
  readonly vendorId: string
}

/** One deployment of the service with those who call it. */
export interface Side {
  readonly fleet: Fleet
  readonly callers: Callers
  /** The incarnation that each cluster's last CLUSTER_DELETED showed. */
  readonly deletedIncarnations: Map<string, number>
  /** The configuration of the process that was started with the most changes, or what it was rolled back to. */
  newestConfiguration: Configuration
}

/** Everything there is: time, network, vendors, and one or more deployments that know nothing of each other. */
export interface World {
  readonly scheduler: Scheduler
  readonly timeline: Timeline
  readonly faults: FaultSource
  /** The network as the operation of this number meets it. */
  readonly networkOf: (operation: number) => Network
  readonly sides: ReadonlyArray<Side>
  readonly vendors: ReadonlySet<ImaginaryVendor>
  readonly foreign: Array<ForeignObject>
  /** Looks for tokens in what the service tells anybody beside a pull secret. */
  readonly overhear: (text: string) => void
  /** Promises seen broken on the way. */
  readonly brokenOnTheWay: Array<Violation>
}

export interface TraceOption {
  /** Keeps a timeline that a person can read. */
  readonly trace?: boolean
}

export interface WorldOptions extends TraceOption {
  readonly seed: number
  /** Descriptions of vendors, the first two required of every cluster. */
  readonly vendors: ReadonlyArray<string>
  /** How many deployments share the vendors. */
  readonly deployments: number
  readonly faults: FaultSource
}

/** Far apart, so that the operations of neighbouring seeds do not draw the same. */
const operationStride = 15_485_863

const largestVendorClockErrorMilliseconds = 300_000

const deploymentIds = ['simulated', 'neighbour']

/**
 * What others keep at the same vendors: something with our prefix, and something that looks like a row of a
 * deployment long gone.
 */
const foreignMarkers = ['somebody else', 'hyperfleet-pull-secret/long-gone/00000000-0000-4000-8000-000000000000']

export const makeWorld = (options: WorldOptions): World => {
  const { seed, vendors: descriptions, deployments, faults, trace = false } = options
  const random = makeRandom(streamOf(seed, 'world'))
  const scheduler = makeScheduler()
  const timeline = trace ? makeTimeline(scheduler.now) : silentTimeline
  const networkOf = (operation: number): Network => ({
    scheduler,
    timeline,
    random: makeRandom(seed + operationStride * (operation + 1)),
    faultAt: (call) => faults.at(operation, call),
  })
  const foreign: Array<ForeignObject> = []
  const brokenOnTheWay: Array<Violation> = []
  const overhear = (text: string): void => {
    if (tellsToken(text)) brokenOnTheWay.push({ invariant: 'I5', message: `a token was told: ${text.slice(0, 60)}` })
  }
  const addForeign = (vendor: ImaginaryVendor, vendorName: string, marker: string): void => {
    foreign.push({ vendor, vendorId: vendor.addForeign(vendorName, marker).vendorId })
  }
  const takeName = (vendor: ImaginaryVendor, vendorName: string): void => {
    if (vendor.knobs.uniqueNames && !vendor.isTaken(vendorName)) addForeign(vendor, vendorName, 'somebody else')
  }
  const editMarker = (vendor: ImaginaryVendor, name?: string): void => {
    const given = sides.flatMap(({ callers }) => callers.given.filter((one) => one.vendor === vendor))
    const wasHandedOut = ({ username, token }: ImaginaryObject): boolean =>
      given.some((one) => one.username === username && one.token === token)
    const candidates = vendor
      .present()
      .filter((object) => wasHandedOut(object) && (name ?? object.vendorName) === object.vendorName)
    if (candidates.length > 0 && !vendor.knobs.sharedObject) random.pick(candidates).marker = 'a note of somebody'
  }
  const makeVendor = (description: string): ImaginaryVendor => {
    const vendor = makeImaginaryVendor({
      knobs: knobsOf(description),
      clockErrorMilliseconds: random.between(-largestVendorClockErrorMilliseconds, largestVendorClockErrorMilliseconds),
      now: scheduler.now,
      drawToken: () => `${tokenPrefix}${random.hex(24)}`,
      chance: random.next,
    })
    foreignMarkers.forEach((marker, index) => {
      addForeign(vendor, `robot_cls-aaaaaa_${String(index)}`, marker)
    })
    return vendor
  }
  const shared = descriptions.map(makeVendor)
  const vendors = new Set(shared)

  const sides: ReadonlyArray<Side> = deploymentIds.slice(0, deployments).map((deploymentId, index) => {
    const callers = makeCallers()
    const registries = descriptions.map((id, position): SimulatedRegistry => {
      const common = shared[position] as ImaginaryVendor
      const vendor = common.knobs.sharedObject && index > 0 ? makeVendor(id) : common
      vendors.add(vendor)
      let elsewhere: ImaginaryVendor | undefined
      const moved = (): ImaginaryVendor => {
        elsewhere ??= makeVendor(id)
        vendors.add(elsewhere)
        return elsewhere
      }
      return {
        id,
        required: position < 2,
        vendor,
        moved,
        vendors: () => (elsewhere === undefined ? [vendor] : [vendor, elsewhere]),
      }
    })
    return {
      callers,
      deletedIncarnations: new Map(),
      newestConfiguration: [],
      fleet: makeFleet({
        scheduler,
        deploymentId,
        share: 1 / deployments,
        registries,
        takeName,
        editMarker,
        overhear,
        onBug: (bug) => {
          callers.bugs.push(bug)
        },
      }),
    }
  })
  return {
    scheduler,
    timeline,
    faults,
    networkOf,
    sides,
    vendors,
    foreign,
    overhear,
    brokenOnTheWay,
  }
}
