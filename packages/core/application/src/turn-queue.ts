import {
  type BucketTerms,
  bucketTermsOf,
  type BudgetSlice,
  type BudgetTerms,
  callPriorities,
  type CallPriority,
  type Deadline,
  keptPart,
} from '@pull-secret/domain'

/** Somebody who waits for a turn. */
export interface Waiter {
  readonly priority: CallPriority
  readonly deadline: Deadline
}

/**
 * Who waits for a turn at one registry, and when the shared budget may be asked, by the monotonic clock. The earliest
 * deadline comes first, which is what was begun first: a further step of it comes before what has not begun.
 */
export interface TurnQueue<W extends Waiter> {
  readonly waiting: ReadonlyArray<W>
  /** Classes that were told to wait: until when. */
  readonly askAt: Readonly<Partial<Record<CallPriority, number>>>
  /** What was granted for waiters who left meanwhile, and how long it can be used. */
  readonly left: { readonly count: number; readonly until: number }
}

/** Who is told what. */
export interface Settled<W extends Waiter> {
  readonly queue: TurnQueue<W>
  readonly served: ReadonlyArray<W>
  /** Their turn cannot come before their deadline. */
  readonly refused: ReadonlyArray<W>
}

export const emptyQueue: TurnQueue<never> = { waiting: [], askAt: {}, left: { count: 0, until: 0 } }

const sliceMilliseconds = 1000

const of =
  (priority: CallPriority) =>
  (waiter: Waiter): boolean =>
    waiter.priority === priority

/** The most urgent first; `sort` leaves those of one class in their order. */
const byUrgency = <W extends Waiter>(waiting: ReadonlyArray<W>): ReadonlyArray<W> =>
  [...waiting].sort((one, other) => callPriorities.indexOf(one.priority) - callPriorities.indexOf(other.priority))

/** How many milliseconds the whole budget takes for what comes before somebody new, and for that one. */
const millisecondsBehind = (
  { waiting }: TurnQueue<Waiter>,
  { perMinute }: Pick<BucketTerms, 'perMinute'>,
  { priority, deadline }: Waiter,
  atOnce: number,
): number => {
  const place = callPriorities.indexOf(priority)
  const moreUrgent = waiting.filter((waiter) => callPriorities.indexOf(waiter.priority) < place).length
  const before = waiting.filter((waiter) => waiter.priority === priority && waiter.deadline <= deadline).length
  const turns = Math.min(moreUrgent + before, before / keptPart) + 1 - atOnce
  return (Math.max(0, turns) * 60_000) / perMinute
}

/**
 * Whether a turn can come in time for somebody new, were the budget all ours and full. Until the shared budget may be
 * asked again there is only what is left.
 */
export const mayComeInTime = (queue: TurnQueue<Waiter>, terms: BudgetTerms, waiter: Waiter, now: number): boolean => {
  const possible = bucketTermsOf(terms)
  const isLeft = queue.left.count > 0 && now < queue.left.until
  const mayAsk = (queue.askAt[waiter.priority] ?? now) <= waiter.deadline
  return (isLeft || mayAsk) && now + millisecondsBehind(queue, possible, waiter, possible.burst) <= waiter.deadline
}

/** When there is hope for somebody who goes without a turn. */
export const secondsUntilHope = (queue: TurnQueue<Waiter>, terms: BudgetTerms, waiter: Waiter, now: number): number => {
  const untilAsked = (queue.askAt[waiter.priority] ?? now) - now
  const behind = millisecondsBehind(queue, bucketTermsOf(terms), waiter, 0)
  return Math.max(1, Math.ceil(Math.max(behind, untilAsked) / 1000))
}

/** The class to ask the shared budget for now, and for how many; or when that may be. Absent: nobody waits. */
export const nextRequest = (
  { waiting, askAt }: TurnQueue<Waiter>,
  now: number,
): { readonly priority: CallPriority; readonly wanted: number } | { readonly at: number } | undefined => {
  const present = callPriorities.filter((priority) => waiting.some(of(priority)))
  const priority = present.find((one) => (askAt[one] ?? now) <= now)
  if (priority !== undefined) return { priority, wanted: waiting.filter(of(priority)).length }
  return present.length === 0 ? undefined : { at: Math.min(...present.map((one) => askAt[one] ?? now)) }
}

/** Gives what is left to whoever waits. */
const handOut = <W extends Waiter>(queue: TurnQueue<W>, count: number, until: number): Settled<W> => {
  const served = byUrgency(queue.waiting).slice(0, count)
  const waiting = queue.waiting.filter((waiter) => !served.includes(waiter))
  return { queue: { ...queue, waiting, left: { count: count - served.length, until } }, served, refused: [] }
}

/** Somebody comes, behind whose deadline is not later: what is left of a slice serves at once. */
export const joined = <W extends Waiter>(queue: TurnQueue<W>, waiter: W, now: number): Settled<W> => {
  const waiting = [
    ...queue.waiting.filter(({ deadline }) => deadline <= waiter.deadline),
    waiter,
    ...queue.waiting.filter(({ deadline }) => deadline > waiter.deadline),
  ]
  return handOut({ ...queue, waiting }, now < queue.left.until ? queue.left.count : 0, queue.left.until)
}

/** Somebody goes without a turn. */
export const without = <W extends Waiter>(queue: TurnQueue<W>, waiter: W): TurnQueue<W> => ({
  ...queue,
  waiting: queue.waiting.filter((other) => other !== waiter),
})

/**
 * A slice that was asked for a class at `askedAt` has come. Its first are served; whoever of it cannot be served
 * before its deadline is refused at once.
 */
export const sliced = <W extends Waiter>(
  queue: TurnQueue<W>,
  priority: CallPriority,
  { granted, waitMilliseconds }: BudgetSlice,
  { askedAt, now }: { readonly askedAt: number; readonly now: number },
): Settled<W> => {
  const until = askedAt + sliceMilliseconds
  const usable = now < until ? granted : 0
  const first = queue.waiting.filter(of(priority)).slice(0, usable)
  const others = queue.waiting.filter((waiter) => !first.includes(waiter))
  const askAt = now + waitMilliseconds
  const refused = others.filter((waiter) => waiter.priority === priority && waiter.deadline < askAt)
  const waiting = others.filter((waiter) => !refused.includes(waiter))
  const rest: TurnQueue<W> = { ...queue, waiting, askAt: { ...queue.askAt, [priority]: askAt } }
  const { queue: handedOut, served } = handOut(rest, usable - first.length, until)
  return { queue: handedOut, served: [...first, ...served], refused }
}
