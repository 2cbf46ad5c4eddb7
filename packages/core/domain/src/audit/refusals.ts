import type { AccessRequest } from '../access/access.ts'
import type { RefusedCaller } from '../access/refused-caller.ts'
import type { Instant } from '../platform/instant.ts'
import type { AuditRecord } from './audit-record.ts'

/** A request that was refused to somebody whose name is known. */
export interface RefusedRequest {
  readonly caller: RefusedCaller
  readonly request: AccessRequest
  readonly traceId: string
}

/** What one caller was refused in a while. */
export interface Refusals {
  readonly caller: RefusedCaller
  readonly requests: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  /** Verbs and resources, in the order in which they were first asked for; at most `mostNamed`. */
  readonly asked: ReadonlyArray<string>
  /** The first clusters that were asked for; at most `mostNamed`. */
  readonly clusters: ReadonlyArray<string>
  /** Of the first request. */
  readonly traceId: string
}

/** A record of refused requests before it is dated. */
export type RefusalEvent = Omit<AuditRecord, 'at'>

const mostNamed = 8

const withName = (names: ReadonlyArray<string>, name: string | undefined): ReadonlyArray<string> =>
  name === undefined || names.includes(name) || names.length >= mostNamed ? names : [...names, name]

/** Adds one request to what its caller was refused before. */
export const withRefusal = (
  before: Refusals | undefined,
  { caller, request, traceId }: RefusedRequest,
  at: Instant,
): Refusals => ({
  caller,
  requests: (before?.requests ?? 0) + 1,
  firstAt: before?.firstAt ?? at,
  lastAt: at,
  asked: withName(before?.asked ?? [], `${request.verb} ${request.resource}`),
  clusters: withName(before?.clusters ?? [], request.clusterId),
  traceId: before?.traceId ?? traceId,
})

/** By whom a record says that something was asked: a name that nobody vouched for is not mistaken for one that is. */
const subjectOf = ({ name, isProven }: RefusedCaller): string => (isProven ? name : `unverified:${name}`)

export const refusalEventOf = ({
  caller,
  requests,
  firstAt,
  lastAt,
  asked,
  clusters,
  traceId,
}: Refusals): RefusalEvent => ({
  kind: 'event',
  action: 'refuse',
  outcome: 'failure',
  subject: subjectOf(caller),
  reason: asked.join(', '),
  traceId,
  metadata: {
    requests,
    first_at: new Date(firstAt).toISOString(),
    last_at: new Date(lastAt).toISOString(),
    ...(clusters.length === 0 ? {} : { clusters: clusters.join(', ') }),
  },
})

/** Tells of requests whose callers were too many to be named. */
export const unnamedRefusalEvent = (requests: number, traceId: string): RefusalEvent => ({
  kind: 'event',
  action: 'refuse',
  outcome: 'failure',
  subject: 'other callers',
  reason: 'too many callers were refused to name each',
  traceId,
  metadata: { requests },
})
