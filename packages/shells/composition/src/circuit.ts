import type { CallProblem } from '@pull-secret/domain'
import type { CallOutcome } from './registry-health.ts'

/** What this process knows of a vendor that fails again and again. By the monotonic clock, in milliseconds. */
export interface Circuit {
  /** Whether each of the last calls failed, the latest last. */
  readonly recent: ReadonlyArray<boolean>
  /** Present while it is open. */
  readonly open?: OpenCircuit
}

interface OpenCircuit {
  /** From then on one call may show whether the vendor is back. */
  readonly until: number
  /** How long it is open this time. */
  readonly milliseconds: number
  /** From then on one revocation goes through, whatever other calls have shown. */
  readonly revokeAt: number
}

export const closedCircuit: Circuit = { recent: [] }

const rememberedCalls = 10
const failuresToOpen = 5
const firstOpenMilliseconds = 10_000
const longestOpenMilliseconds = 60_000

/** The vendor or the way to it fails. */
const failures: ReadonlyArray<CallProblem> = ['unreachable', 'connection_lost', 'timeout', 'server_error']

/** Nothing was asked, which shows nothing. Any other problem is an answer, or shows itself again without a vendor. */
const own: ReadonlyArray<CallProblem> = [
  'deadline_passed',
  'budget_spent',
  'budget_unavailable',
  'circuit_open',
  'object_busy',
  'storage_failed',
]

/** The circuit after a call. One that shows nothing of the vendor changes nothing. */
export const afterCall = (circuit: Circuit, outcome: CallOutcome, now: number): Circuit => {
  const { problem } = outcome
  if (problem !== undefined && own.includes(problem)) return circuit
  if (problem === undefined || !failures.includes(problem))
    return circuit.open === undefined ? { recent: remember(circuit, false) } : closedCircuit
  const recent = remember(circuit, true)
  const { open } = circuit
  if (open === undefined)
    return recent.filter((failed) => failed).length < failuresToOpen
      ? { recent }
      : { recent, open: openFor(firstOpenMilliseconds, now, now + longestOpenMilliseconds) }
  // What was sent before it opened shows nothing new.
  if (now < open.until) return circuit
  return { recent, open: openFor(Math.min(longestOpenMilliseconds, open.milliseconds * 2), now, open.revokeAt) }
}

const remember = ({ recent }: Circuit, failed: boolean): ReadonlyArray<boolean> =>
  [...recent, failed].slice(-rememberedCalls)

const openFor = (milliseconds: number, now: number, revokeAt: number): OpenCircuit => ({
  until: now + milliseconds,
  milliseconds,
  revokeAt,
})

/** What may happen to a call now: it goes on, it waits for a probe, or it is not sent. */
export const passage = ({ open }: Circuit, isRevocation: boolean, now: number): 'pass' | 'probe' | 'stop' => {
  if (open === undefined || (isRevocation && now >= open.revokeAt)) return 'pass'
  return now >= open.until ? 'probe' : 'stop'
}

/** One revocation has gone through: the next one that does so has to wait. */
export const afterRevocationPassed = (circuit: Circuit, now: number): Circuit =>
  circuit.open === undefined || now < circuit.open.revokeAt
    ? circuit
    : { ...circuit, open: { ...circuit.open, revokeAt: now + longestOpenMilliseconds } }

/** When to try again what was not sent. */
export const retryAfterSeconds = ({ open }: Circuit, now: number): number =>
  Math.max(1, Math.ceil(((open?.until ?? now) - now) / 1000))
