import type { AnsweredError, AnswerOf, ApiOperationId } from '@pull-secret/wire'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** A request for one operation, none of its parts decoded yet. */
export interface ApiRequest {
  /** The parameters of the path. */
  readonly parameters: Readonly<Record<string, string>>
  /** A parameter that is given more than once is a list. */
  readonly query?: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly body?: unknown
}

/** On whose behalf an operation runs, for the audit. */
export interface Caller {
  readonly subject: string
  readonly traceId: string
}

/** One operation, from a request to the answer as the wire words it. */
export type Answering<Id extends ApiOperationId> = (
  request: ApiRequest,
  caller: Caller,
) => TaskEither<AnsweredError, AnswerOf<Id>>

/** Every operation of the product. Who the caller is and what it may do has been checked before. */
export type Api = { readonly [Id in ApiOperationId]: Answering<Id> }

/** What a deployment takes from its callers. */
export interface RequestLimits {
  readonly clusterIdPatterns: ReadonlyArray<RegExp>
  readonly cloudProviders: ReadonlyArray<string>
}
