import { makeRandom, type Random } from './random.ts'

/** What may go wrong at a call of the ledger. `terminated`: its connection ends in a commit that happens. */
const ledgerFaults = [
  'crash_before',
  'crash_after',
  'unavailable',
  'commit_unknown',
  'commit_late',
  'commit_never',
  'decided_twice',
  'stalled_after',
  'suspended',
  'terminated',
  'demoted',
  'clock_jumped',
] as const
/** What may go wrong at one statement: the taking and releasing of a shared object, the asking for turns. */
const statementFaults = [
  'crash_before',
  'crash_after',
  'unavailable',
  'commit_unknown',
  'commit_late',
  'commit_never',
  'stalled_after',
  'suspended',
  'demoted',
  'clock_jumped',
] as const
/** What may go wrong at a read of the ledger. */
const readFaults = ['crash_before', 'crash_after', 'unavailable', 'stalled_after', 'suspended'] as const
/** What may go wrong at a request that asks a vendor. */
const askingFaults = [
  'crash_before',
  'crash_after',
  'answer_lost',
  'never_answered',
  'throttled',
  'permission_lost',
  'paused',
  'stalled',
  'unreachable',
  'untrusted_certificate',
  'absurd_retry_after',
  'suspended',
] as const
/**
 * What may go wrong at a request that looks for objects: a backend answers that stopped following the others, or a
 * person changed the description of what was handed out.
 */
const lookingFaults = [...askingFaults, 'stale_backend', 'marker_edited'] as const
/** What may go wrong at a request that changes a vendor. */
const changingFaults = [
  ...askingFaults,
  'request_lost',
  'lands_late',
  'executed_twice',
  'executed_again',
  'refused',
] as const
/** Somebody else takes the name: before ours is created, or as soon as ours is deleted. */
const namingFaults = [...changingFaults, 'name_taken'] as const
/** What is created is said to end at a time that makes no sense. */
const creatingFaults = [...namingFaults, 'strange_expiry'] as const

export type FaultKind = (typeof ledgerFaults)[number] | (typeof lookingFaults)[number] | (typeof creatingFaults)[number]

export type PortCall =
  | 'ledger.change'
  | 'ledger.record'
  | 'due.claim'
  | 'due.clusters'
  | 'shared.take'
  | 'shared.release'
  | 'budget.take'
  | 'reads'
  | 'cipher.seal'
  | 'cipher.open'
  | 'vendor.create'
  | 'vendor.grant'
  | 'vendor.write'
  | 'vendor.delete'
  | 'vendor.read'
  | 'vendor.list'
  | 'vendor.login'

export const faultsOf: Readonly<Record<PortCall, ReadonlyArray<FaultKind>>> = {
  'ledger.change': ledgerFaults,
  'ledger.record': ledgerFaults,
  'due.claim': ledgerFaults,
  'due.clusters': readFaults,
  'shared.take': statementFaults,
  'shared.release': statementFaults,
  'budget.take': statementFaults,
  reads: readFaults,
  'cipher.seal': ['unavailable'],
  'cipher.open': ['unavailable'],
  'vendor.create': creatingFaults,
  'vendor.grant': changingFaults,
  'vendor.write': changingFaults,
  'vendor.delete': namingFaults,
  'vendor.read': lookingFaults,
  'vendor.list': lookingFaults,
  'vendor.login': [...askingFaults, 'stale_backend'],
}

export const faultKinds: ReadonlyArray<FaultKind> = [...new Set(Object.values(faultsOf).flat())].sort()

/** Longer than any lease and landing window. */
export const longestStallMilliseconds = 2_200_000

/**
 * `stalled`: the process stands still before it looks at its deadline, for about as long as a lease or much longer;
 * `paused`: after it looked, before it sends; `stalled_after`: before it uses an answer of the ledger. `suspended`:
 * like the first and the last, and its monotonic clock stands still too.
 */
export const stallMilliseconds = (random: Random): number =>
  random.chance(0.5) ? random.between(20_000, 30_000) : random.between(30_000, longestStallMilliseconds)

/**
 * Where a fault strikes: the number of the operation, the port call, and how many of the same the operation made
 * before. Other operations, and other calls, do not move it.
 */
export type FaultPoint = `${number}/${PortCall}/${number}`

export type FaultPlan = Readonly<Record<FaultPoint, FaultKind>>

export interface MadeCall {
  readonly point: FaultPoint
  readonly call: PortCall
}

/** Decides at every port call what goes wrong there, if anything. */
export interface FaultSource {
  readonly at: (operation: number, call: PortCall) => FaultKind | undefined
  readonly stop: () => void
  /** What struck, as a plan that does the same again. */
  readonly struck: () => FaultPlan
  /** The port calls that were made while faults were on. */
  readonly calls: () => ReadonlyArray<MadeCall>
}

const makeSource = (choose: (call: PortCall, operation: number, nth: number) => FaultKind | undefined): FaultSource => {
  const struck: Record<FaultPoint, FaultKind> = {}
  const calls: Array<MadeCall> = []
  const made = new Map<string, number>()
  let isOn = true
  return {
    at: (operation, call) => {
      if (!isOn) return undefined
      const place = `${operation}/${call}` as const
      const nth = made.get(place) ?? 0
      made.set(place, nth + 1)
      const point: FaultPoint = `${place}/${nth}`
      calls.push({ point, call })
      const kind = choose(call, operation, nth)
      if (kind !== undefined) struck[point] = kind
      return kind
    },
    stop: () => {
      isOn = false
    },
    struck: () => struck,
    calls: () => calls,
  }
}

/** Requests that change a vendor are few and matter most. */
const weightOf = (call: PortCall): number => {
  if (!call.startsWith('vendor.')) return 1
  return faultsOf[call].includes('lands_late') ? 7 : 3
}

const portCalls = Object.keys(faultsOf)
const callsPerOperation = 100_000

/**
 * Each call fails with about the given probability, requests to vendors more often, in a way drawn from what can
 * happen there; each draw is the call's own.
 */
export const randomFaults = (seed: number, probability: number, allowed: ReadonlyArray<FaultKind>): FaultSource =>
  makeSource((call, operation, nth) => {
    const random = makeRandom(seed + operation * callsPerOperation + nth * portCalls.length + portCalls.indexOf(call))
    if (!random.chance(Math.min(0.6, probability * weightOf(call)))) return undefined
    const kinds = faultsOf[call].filter((kind) => allowed.includes(kind))
    return kinds.length === 0 ? undefined : random.pick(kinds)
  })

/** The calls at the given points fail in the given ways, and no others. */
export const plannedFaults = (plan: FaultPlan): FaultSource =>
  makeSource((call, operation, nth) => {
    const kind = plan[`${operation}/${call}/${nth}`]
    return kind !== undefined && faultsOf[call].includes(kind) ? kind : undefined
  })
