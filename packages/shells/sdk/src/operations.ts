import type { AnswerOf, ApiOperationId, RequestOf } from '@pull-secret/wire'

export interface PerformOptions {
  /** The call rejects with the signal's reason when it aborts; the service finishes what it has begun. */
  readonly signal: AbortSignal
  /** How long one attempt may take at a remote service; an embedded one has its own patience. Default: the client's. */
  readonly timeoutMilliseconds?: number
}

/** An answer, with its entity tag if the service is remote. */
export type Performed<Id extends ApiOperationId> = AnswerOf<Id> & { readonly etag?: string }

/** The parameters of a query that the service reads into something else than a number or a flag. */
type WrittenParameter = 'cursor' | 'created_before' | 'from' | 'until'

type WrittenQuery<Query> = {
  readonly [Name in keyof Query]: Name extends WrittenParameter ? string | undefined : Query[Name]
}

/** A request as a client writes it: moments are RFC 3339 timestamps in UTC, and a cursor is what an answer named. */
export type WrittenRequestOf<Id extends ApiOperationId> = Omit<RequestOf<Id>, 'query'> & {
  readonly query?: WrittenQuery<NonNullable<RequestOf<Id>['query']>>
}

/**
 * Every operation of the service, with the bodies of the HTTP API, remote or embedded. Whatever is not an answer of the
 * operation rejects with a `PullSecretError`.
 */
export interface Operations {
  readonly perform: <Id extends ApiOperationId>(
    id: Id,
    request: WrittenRequestOf<Id>,
    options: PerformOptions,
  ) => Promise<Performed<Id>>
  /** The same for a conditional operation: undefined if the answer is still the one that `knownEtag` names. */
  readonly revalidate: <Id extends ApiOperationId>(
    id: Id,
    request: WrittenRequestOf<Id>,
    options: PerformOptions & { readonly knownEtag: string | undefined },
  ) => Promise<Performed<Id> | undefined>
  /** Called once, after every call's signal has aborted. */
  readonly close: () => Promise<void>
}
