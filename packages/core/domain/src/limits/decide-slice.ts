import type { Instant } from '../platform/instant.ts'
import type { BudgetSlice, BudgetTerms, SliceRequest } from './budget-slices.ts'
import { callPriorities, type CallPriority } from './call-priority.ts'
import { type Bucket, type BucketTerms, drawTokens, fullBucket, refilled } from './token-bucket.ts'

/** What one class of requests still wants of a budget. Kept only while somebody of it is expected to ask again. */
export interface Demand {
  /** Requests that were refused. */
  readonly wanting: number
  /** When the last of those who were refused was told to ask again. */
  readonly returnsAt: Instant
  /** What the part that the class keeps has come to, in requests. */
  readonly owed: number
}

/** What all processes know of the budget of one registry. */
export interface StoredBudget {
  /** Of the last request. */
  readonly terms: BudgetTerms
  readonly bucket: Bucket
  readonly demands: Readonly<Partial<Record<CallPriority, Demand>>>
}

export interface SliceDecision {
  readonly budget: StoredBudget
  readonly slice: BudgetSlice
}

/** The part of the rate that every class keeps while it wants something. */
export const keptPart = 0.05

/** Who was told to ask again and is later than this has given up, or has ended. */
const lateMilliseconds = 1000

/** Nobody asks more often, and nobody is told to wait longer than for this or for the next request that is possible. */
const shortestWaitMilliseconds = 100
const longestWaitMilliseconds = 1000

/** Of one class no more processes than these are given a time of their own: some may have ended meanwhile. */
const longestLineRequests = 20

/** A clock that went back further than this was wrong before: what it said is forgotten instead of waited for. */
const longestSetBackMilliseconds = 60_000

/** This deployment's part. At least one request at once, since there is no part of a request. */
export const bucketTermsOf = ({ perMinute, burst, share }: BudgetTerms): BucketTerms => ({
  perMinute: perMinute * share,
  burst: Math.max(1, burst * share),
})

/** Time that passed under two configurations counts by the narrower one: a change is no gift. */
const narrower = (one: BucketTerms, other: BucketTerms): BucketTerms => ({
  perMinute: Math.min(one.perMinute, other.perMinute),
  burst: Math.min(one.burst, other.burst),
})

const perMillisecond = ({ perMinute }: BucketTerms): number => perMinute / 60_000

/** Enough for everything that comes together in a second in which nobody asks. */
const mostOwed = (terms: BucketTerms): number => 2 + keptPart * perMillisecond(terms) * 1000

/** The demands of those who are still expected, with what they are owed for the time that passed. */
const laterDemands = (
  { demands, bucket }: StoredBudget,
  terms: BucketTerms,
  time: Instant,
): StoredBudget['demands'] => {
  const earned = keptPart * perMillisecond(terms) * (time - bucket.countedAt)
  return Object.fromEntries(
    Object.entries(demands)
      .filter(([, { returnsAt }]) => returnsAt + lateMilliseconds >= time)
      .map(([priority, demand]) => [priority, { ...demand, owed: Math.min(mostOwed(terms), demand.owed + earned) }]),
  )
}

/**
 * The budget at this time. A time that was counted is never counted again: a clock that goes forth and back is believed
 * once, and one that was set back is waited for. Where that would take too long, all begins anew with nothing.
 */
const counted = (stored: StoredBudget | undefined, terms: BudgetTerms, clock: Instant): StoredBudget => {
  const own = bucketTermsOf(terms)
  if (stored === undefined) return { terms, bucket: fullBucket(own, clock), demands: {} }
  const { countedAt } = stored.bucket
  if (clock + longestSetBackMilliseconds < countedAt)
    return { terms, bucket: { tokens: 0, countedAt: clock }, demands: {} }
  const time = Math.max(clock, countedAt)
  const narrow = narrower(bucketTermsOf(stored.terms), own)
  return { terms, bucket: refilled(stored.bucket, narrow, time), demands: laterDemands(stored, narrow, time) }
}

/** What is kept for others: all that more urgent classes want, and what less urgent ones are owed. */
const keptForOthers = ({ demands }: StoredBudget, priority: CallPriority): number => {
  const place = callPriorities.indexOf(priority)
  return callPriorities
    .map((other, index) => {
      const { wanting = 0, owed = 0 } = demands[other] ?? {}
      if (index < place) return wanting
      return index > place ? Math.floor(owed) : 0
    })
    .reduce((sum, kept) => sum + kept, 0)
}

/** What is there beyond what is kept for others, and in any case what the class itself is owed. */
const grantOf = (budget: StoredBudget, { priority, wanted }: SliceRequest): number => {
  const { tokens } = budget.bucket
  const own = Math.min(tokens, budget.demands[priority]?.owed ?? 0)
  return Math.max(0, Math.min(wanted, Math.floor(Math.max(tokens - keptForOthers(budget, priority), own))))
}

/**
 * When to ask again. Of one class everybody is given a time of its own, one after the other, or the nearest to the
 * database would always come first.
 */
const returnTime = ({ terms, bucket, demands }: StoredBudget, priority: CallPriority, kept: number): Instant => {
  const { tokens, countedAt } = bucket
  const before = demands[priority]
  const rate = perMillisecond(bucketTermsOf(terms))
  const untilNext = Math.max(0, 1 - tokens) / rate
  const untilFree = (1 + kept - tokens) / rate
  const untilOwed = Math.max(untilNext, (1 - (before?.owed ?? 0)) / (keptPart * rate))
  const longest = Math.max(longestWaitMilliseconds, untilNext)
  const alone = Math.min(longest, Math.max(shortestWaitMilliseconds, Math.min(untilFree, untilOwed)))
  const afterOthers =
    before === undefined ? 0 : before.returnsAt - countedAt + Math.max(shortestWaitMilliseconds, 1 / rate)
  const longestLine = Math.max(longestWaitMilliseconds, longestLineRequests / rate)
  return countedAt + Math.max(alone, Math.min(afterOthers, longestLine))
}

/** The budget once so much was granted, and what the class wants after it. */
const afterGrant = (budget: StoredBudget, { terms, priority, wanted }: SliceRequest, count: number): StoredBudget => {
  const { [priority]: before, ...others } = budget.demands
  const { bucket } = drawTokens(budget.bucket, bucketTermsOf(terms), count, budget.bucket.countedAt)
  const rest = (before?.wanting ?? 0) - count
  const owed = Math.max(0, (before?.owed ?? 0) - count)
  const granted = { ...budget, bucket }
  if (wanted > count) {
    const known = before === undefined ? others : { ...others, [priority]: { ...before, owed } }
    const returnsAt = returnTime({ ...granted, demands: known }, priority, keptForOthers(budget, priority))
    return {
      ...granted,
      demands: { ...others, [priority]: { wanting: Math.max(wanted - count, rest), returnsAt, owed } },
    }
  }
  // Somebody else of the class, who was told to ask again later, still counts.
  return before !== undefined && before.returnsAt > bucket.countedAt
    ? { ...granted, demands: { ...others, [priority]: { ...before, wanting: Math.max(1, rest), owed } } }
    : { ...granted, demands: others }
}

/**
 * What one process may send now of the budget that all of them share, by the database's clock. Urgent classes come
 * first, also where their process asks later: what they were refused is kept until they are late. A slice is for one
 * second. Where not everything was granted, `waitMilliseconds` says when to ask for the rest.
 */
export const decideSlice = (stored: StoredBudget | undefined, request: SliceRequest, clock: Instant): SliceDecision => {
  const before = counted(stored, request.terms, clock)
  const granted = grantOf(before, request)
  const budget = afterGrant(before, request, granted)
  const returnsAt = granted < request.wanted ? (budget.demands[request.priority]?.returnsAt ?? clock) : clock
  return { budget, slice: { granted, waitMilliseconds: Math.ceil(returnsAt - clock) } }
}
