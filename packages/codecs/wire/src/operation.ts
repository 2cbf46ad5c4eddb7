import type { Resource, Verb } from '@pull-secret/domain'
import type * as t from 'io-ts'
import type { ProblemSlug } from './problem-kinds.ts'

/** What operations are listed under, in words for people. */
export const operationTags = {
  'Pull Secrets': 'The pull secret of a cluster.',
  Clusters: 'What operators ask about the fleet.',
  Registries: 'The registries of the deployment.',
  Replicas: 'The processes of the deployment.',
  Jobs: 'The work that the service does on its own, on request.',
  Monitoring: 'What monitoring asks of one process.',
  Description: 'This description of the API.',
} as const

export type OperationTag = keyof typeof operationTags

/** What a caller must be allowed to do. */
export interface Permission {
  readonly verb: Verb
  readonly resource: Resource
}

/** Which of a caller's limits a request counts against. A new class needs its quotas in the server to compile. */
export type LimitClass = 'standard' | 'exempt'

/** One operation of the HTTP API. Its key in the table is its operation id. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Names in braces are path parameters. */
  readonly path: string
  readonly tag: OperationTag
  readonly summary: string
  /** What a caller has to know beyond the summary, in Markdown. */
  readonly description?: string
  readonly permission: Permission | 'anonymous'
  readonly limitClass: LimitClass
  /** Absent: an operation of the product takes no parameters, and monitoring may send any, without effect. */
  readonly query?: t.Mixed
  /** Absent: a body is not read. */
  readonly body?: t.Mixed
  /** The body of each answer that is not a problem, by status; `t.undefined`: none. */
  readonly answers: Readonly<Record<number, t.Mixed>>
  /** The type of those bodies. Absent: JSON. */
  readonly mediaType?: string
  /** The problems of its own. Those that follow from the rest of the row are left out, see `problemsOf`. */
  readonly problems?: ReadonlyArray<ProblemSlug>
  /** GET alone: answers carry an ETag, and `If-None-Match` is answered with 304. */
  readonly isConditional?: boolean
}
