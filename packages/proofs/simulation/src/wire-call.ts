import { type FaultKind, type PortCall, stallMilliseconds } from './faults.ts'
import type { Random } from './random.ts'
import { never, type Replica } from './replica.ts'
import type { Scheduler } from './scheduler.ts'
import type { Timeline } from './timeline.ts'

/** The network as one operation meets it: its delays and faults are its own, whatever other operations do. */
export interface Network {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faultAt: (call: PortCall) => FaultKind | undefined
  readonly timeline: Timeline
}

export interface WireCall<A> {
  readonly call: PortCall
  /** What a timeline calls it. */
  readonly title: () => string
  /** What a timeline tells of an answer; nothing for plain success. */
  readonly tell: (answer: A) => string | undefined
  /** What happens at the other side; runs at one moment. */
  readonly effect: (kind: FaultKind | undefined) => A
  /** What the caller gets where it learns nothing, for faults that hide or refuse the answer. */
  readonly answers: Readonly<Partial<Record<FaultKind, () => A>>>
  /** How long a request that lands late may take, by when it is sent. */
  readonly latestLandingMilliseconds: () => number
  /** The caller's own last look before it sends: what it answers instead of sending, if anything. */
  readonly refuseToSend?: (kind: FaultKind | undefined) => A | undefined
}

/** Half of what comes late comes at the last moment: what waits for it must wait that long. */
const lateBy = (random: Random, latestMilliseconds: number): number => {
  const latest = Math.max(2, latestMilliseconds)
  return random.chance(0.5) ? random.between(Math.max(1, latest - 1000), latest) : random.between(1, latest)
}

/** A ledger answers at once, a vendor takes its time now and then. */
const answerMilliseconds = (random: Random, call: PortCall): number =>
  call.startsWith('vendor.') && random.chance(0.05) ? random.between(500, 12_000) : random.between(1, 20)

type Execution = 'once' | 'twice' | 'again' | 'never' | 'late'

const executions: Readonly<Record<FaultKind, Execution>> = {
  crash_before: 'never',
  crash_after: 'once',
  unavailable: 'never',
  commit_unknown: 'once',
  commit_late: 'late',
  commit_never: 'never',
  decided_twice: 'twice',
  answer_lost: 'once',
  never_answered: 'once',
  request_lost: 'never',
  lands_late: 'late',
  executed_twice: 'twice',
  executed_again: 'again',
  throttled: 'never',
  refused: 'never',
  name_taken: 'once',
  permission_lost: 'once',
  paused: 'once',
  stalled: 'once',
  unreachable: 'never',
  untrusted_certificate: 'never',
  absurd_retry_after: 'never',
  strange_expiry: 'once',
  stale_backend: 'once',
  marker_edited: 'once',
  stalled_after: 'once',
  suspended: 'once',
  terminated: 'once',
  demoted: 'never',
  clock_jumped: 'once',
}

/**
 * Sends a request, lets it take effect, brings the answer back; each with its own delay, each of which the process
 * may not live to see.
 */
export const wireCall = async <A>(network: Network, replica: Replica, wire: WireCall<A>): Promise<A> => {
  const { scheduler, random, timeline } = network
  await replica.thawed()
  if (!replica.isAlive()) return never()
  const kind = network.faultAt(wire.call)
  const title = (): string => `${replica.name} ${wire.title()}`
  const answered = (answer: A, who = title): A => {
    const told = timeline.isKept ? wire.tell(answer) : undefined
    if (told !== undefined) timeline.note(() => `${who()} = ${told}`)
    return answer
  }
  const crash = (): void => {
    timeline.note(() => `${replica.name} crashes`)
    replica.crash()
  }
  timeline.note(() => `${title()}${kind === undefined ? '' : ` !${kind}`}`)
  if (kind === 'crash_before') {
    crash()
    return never()
  }
  const isVendor = wire.call.startsWith('vendor.')
  if (kind === 'stalled') replica.freeze(stallMilliseconds(random))
  if (kind === 'suspended' && isVendor) replica.suspend(stallMilliseconds(random))
  await replica.thawed()
  if (!replica.isAlive()) return never()
  const refused = wire.refuseToSend?.(kind)
  if (refused !== undefined) return answered(refused)
  const hidden = kind === undefined ? undefined : wire.answers[kind]
  const mode = kind === undefined ? 'once' : executions[kind]
  if (mode === 'late' || mode === 'again') {
    scheduler.after(lateBy(random, wire.latestLandingMilliseconds()), () => {
      timeline.note(() => `late: ${wire.title()}`)
      answered(wire.effect(kind), () => `late: ${wire.title()}`)
    })
  }
  const lookedAt = scheduler.now()
  const landsBy = lookedAt + wire.latestLandingMilliseconds()
  if (kind === 'paused') replica.freeze(random.between(20_000, 120_000))
  await replica.thawed()
  const isDropped = scheduler.now() > Math.max(lookedAt, landsBy)
  if (isDropped && wire.answers.request_lost !== undefined) return answered(wire.answers.request_lost())
  await scheduler.sleep(random.between(1, 20))
  let answer: A | undefined
  if (mode !== 'never' && mode !== 'late') answer = wire.effect(kind)
  if (mode === 'twice') wire.effect(kind)
  await scheduler.sleep(answerMilliseconds(random, wire.call))
  if (kind === 'crash_after') crash()
  if (kind === 'stalled_after') replica.freeze(stallMilliseconds(random))
  if (kind === 'suspended' && !isVendor) replica.suspend(stallMilliseconds(random))
  await replica.thawed()
  if (!replica.isAlive() || kind === 'never_answered') return never()
  return answered(hidden === undefined ? (answer as A) : hidden())
}
