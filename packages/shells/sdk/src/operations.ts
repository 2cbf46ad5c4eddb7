import type { AnswerOf, ApiOperationId, RequestOf } from '@pull-secret/wire'

export interface PerformOptions {
  /** The call rejects with the signal's reason when it aborts; what the service has begun goes on. */
  readonly signal: AbortSignal
  /** How long one attempt may take, where it differs from the usual. */
  readonly timeoutMilliseconds?: number
}

/** An answer, and the tag that names it where the service runs elsewhere. */
export type Performed<Id extends ApiOperationId> = AnswerOf<Id> & { readonly etag?: string }

/**
 * Every operation of the service as the wire words it, wherever the service runs. Whatever is not an answer of the
 * operation rejects with a `PullSecretError`.
 */
export interface Operations {
  readonly perform: <Id extends ApiOperationId>(
    id: Id,
    request: RequestOf<Id>,
    options: PerformOptions,
  ) => Promise<Performed<Id>>
  /** The same for a conditional operation: undefined if the answer is still the one that `knownEtag` names. */
  readonly revalidate: <Id extends ApiOperationId>(
    id: Id,
    request: RequestOf<Id>,
    options: PerformOptions & { readonly knownEtag: string | undefined },
  ) => Promise<Performed<Id> | undefined>
  /** Called once, after every call's signal has aborted. */
  readonly close: () => Promise<void>
}
