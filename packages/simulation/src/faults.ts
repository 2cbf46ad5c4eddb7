import type { Random } from './random.ts'

/** What may go wrong at a call of the ledger. */
export const ledgerFaults = ['crash_before', 'crash_after', 'unavailable', 'commit_unknown', 'commit_late', 'commit_never', 'decided_twice'] as const
/** What may go wrong at a read. */
export const readFaults = ['crash_before', 'crash_after', 'unavailable'] as const
/** What may go wrong at a call that changes a vendor. */
export const createFaults = [
  'crash_before', 'crash_after', 'answer_lost', 'request_lost', 'lands_late', 'executed_twice', 'throttled', 'refused', 'name_taken', 'paused',
  'stalled',
] as const
export const deleteFaults = ['crash_before', 'crash_after', 'answer_lost', 'request_lost', 'lands_late', 'executed_twice', 'throttled', 'refused', 'blind', 'paused', 'stalled'] as const

export type FaultKind = (typeof ledgerFaults)[number] | (typeof readFaults)[number] | (typeof createFaults)[number] | (typeof deleteFaults)[number]

export type PortCall = 'ledger.change' | 'ledger.record' | 'due.claim' | 'due.clusters' | 'shared.take' | 'shared.release' | 'reads' | 'vendor.create' | 'vendor.delete'

export const faultsOf: Readonly<Record<PortCall, ReadonlyArray<FaultKind>>> = {
  'ledger.change': ledgerFaults, 'ledger.record': ledgerFaults, 'due.claim': ledgerFaults, 'due.clusters': readFaults,
  'shared.take': readFaults, 'shared.release': readFaults, reads: readFaults, 'vendor.create': createFaults, 'vendor.delete': deleteFaults,
}

/** `stalled`: the process stands still before it looks at its deadline; `paused`: after it looked, before it sends. */
export const longestStallMilliseconds = 1_500_000

/** Decides at every port call what goes wrong there, if anything. */
export interface FaultSource {
  readonly at: (call: PortCall) => FaultKind | undefined
  readonly stop: () => void
  /** How often each kind struck. */
  readonly struck: () => Readonly<Record<string, number>>
  /** How many port calls were made while faults were on. */
  readonly calls: () => ReadonlyArray<PortCall>
}

const makeSource = (choose: (call: PortCall, index: number) => FaultKind | undefined): FaultSource => {
  const struck: Record<string, number> = {}
  const calls: PortCall[] = []
  let isOn = true
  return {
    at: (call) => {
      if (!isOn) return undefined
      calls.push(call)
      const kind = choose(call, calls.length - 1)
      if (kind !== undefined) struck[kind] = (struck[kind] ?? 0) + 1
      return kind
    },
    stop: () => { isOn = false },
    struck: () => struck,
    calls: () => calls,
  }
}

/** Calls that change a vendor are few and matter most. */
const weightOf = (call: PortCall): number => (call === 'vendor.create' || call === 'vendor.delete' ? 8 : 1)

/** Each call fails with about the given probability, calls of vendors more often, in a way drawn from what can happen there. */
export const randomFaults = (random: Random, probability: number, allowed?: ReadonlyArray<FaultKind>): FaultSource => makeSource((call) => {
  if (!random.chance(Math.min(0.6, probability * weightOf(call)))) return undefined
  const kinds = faultsOf[call].filter((kind) => allowed === undefined || allowed.includes(kind))
  return kinds.length === 0 ? undefined : random.pick(kinds)
})

/** The calls of the given numbers fail in the given ways, and no others. */
export const plannedFaults = (plan: Readonly<Record<number, FaultKind>>): FaultSource => makeSource((_call, index) => plan[index])
