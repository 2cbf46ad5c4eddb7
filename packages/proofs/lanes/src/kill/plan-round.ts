import type { Fault, FaultRule } from '@pull-secret/registry-simulators'
import type { CallKind } from './facts.ts'
import type { SeededRandom } from './seeded-random.ts'

/** One caller's request, and how stubborn the caller is. */
export interface PlannedCall {
  readonly clusterId: string
  readonly kind: CallKind
  readonly delayMilliseconds: number
  /** After this time the caller goes away without waiting for the answer. */
  readonly leavesAfterMilliseconds?: number
  /** How often it asks again when no answer or a 503 comes. */
  readonly retries: number
}

export interface PlannedFault {
  readonly vendor: 'quay' | 'rhit'
  readonly rule: FaultRule
}

/** One round: requests and faults, and the moment of the kill. */
export interface RoundPlan {
  readonly replicas: 1 | 2
  readonly faults: ReadonlyArray<PlannedFault>
  readonly calls: ReadonlyArray<PlannedCall>
  readonly killAfterMilliseconds: number
}

const lastDelayMilliseconds = 700
/** Within the landing window, seen from the end of the call's own time. */
const latestLandingMilliseconds = 1500

type Vendor = PlannedFault['vendor']

const vendors: readonly [Vendor, Vendor] = ['quay', 'rhit']

const operations: Readonly<Record<Vendor, readonly [string, ...Array<string>]>> = {
  quay: ['createRobot', 'createRobot', 'getRobot', 'deleteRobot', 'addTeamMember', '*'],
  rhit: ['createServiceAccount', 'createServiceAccount', 'getServiceAccount', 'deleteServiceAccount', '*'],
}

const faultsWithin = (delayMilliseconds: number): readonly [Fault, ...Array<Fault>] => [
  { kind: 'resetAfter' },
  { kind: 'resetBefore' },
  { kind: 'lateLanding', delayMilliseconds },
  { kind: 'delay', delayMilliseconds },
  { kind: 'hang', acts: true },
  { kind: 'status', status: 500, body: 'json' },
  { kind: 'status', status: 504, acts: true },
  { kind: 'executeTwice' },
]

const planFault = (random: SeededRandom): PlannedFault => {
  const vendor = random.oneOf(vendors)
  const fault = random.oneOf(faultsWithin(random.between(100, latestLandingMilliseconds)))
  return { vendor, rule: { operation: random.oneOf(operations[vendor]), fault, times: random.between(1, 3) } }
}

const planCall = (random: SeededRandom, clusterId: string, kind: CallKind): PlannedCall => ({
  clusterId,
  kind,
  delayMilliseconds: random.between(0, lastDelayMilliseconds),
  retries: random.isLikely(0.5) ? random.between(1, 3) : 0,
  ...(random.isLikely(0.15) ? { leavesAfterMilliseconds: random.between(5, 300) } : {}),
})

const repeated = (kind: CallKind, count: number): ReadonlyArray<CallKind> => Array.from({ length: count }, () => kind)

const kindsForNew = (random: SeededRandom): ReadonlyArray<CallKind> => [
  ...repeated('generate', random.between(1, 4)),
  ...repeated('get', random.between(0, 2)),
  ...repeated('delete', random.isLikely(0.3) ? random.between(1, 2) : 0),
]

const kindsForOld = (random: SeededRandom): ReadonlyArray<CallKind> => [
  ...repeated('generate', random.between(0, 1)),
  ...repeated('get', random.between(1, 2)),
  ...repeated('verify', random.between(0, 1)),
  ...repeated('delete', random.isLikely(0.35) ? random.between(1, 3) : 0),
  ...repeated('recreate', random.isLikely(0.25) ? random.between(1, 2) : 0),
]

/** Draws a round. New clusters are named after the round, old ones are of rounds before. */
export const planRound = (random: SeededRandom, round: number, old: ReadonlyArray<string>): RoundPlan => {
  const [first, ...others] = old
  const fresh = Array.from(
    { length: random.between(2, 3) },
    (_, index) => `cls-r${String(round).padStart(4, '0')}n${index}`,
  )
  const revisited =
    first === undefined ? [] : [...new Set(Array.from({ length: 3 }, () => random.oneOf([first, ...others])))]
  return {
    replicas: random.isLikely(0.4) ? 2 : 1,
    faults: random.isLikely(0.5) ? Array.from({ length: random.between(1, 2) }, () => planFault(random)) : [],
    calls: [
      ...fresh.flatMap((clusterId) => kindsForNew(random).map((kind) => planCall(random, clusterId, kind))),
      ...revisited.flatMap((clusterId) => kindsForOld(random).map((kind) => planCall(random, clusterId, kind))),
    ],
    killAfterMilliseconds: random.between(20, 1300),
  }
}
