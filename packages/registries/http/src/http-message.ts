import type { CallTerms, NotSentOutcome, SecretText, UnknownOutcome } from '@pull-secret/domain'

/** How a request proves who sends it. Opened only when the request is written to the wire. */
export type Authorization =
  | { readonly scheme: 'Bearer'; readonly token: SecretText }
  | { readonly scheme: 'Basic'; readonly username: string; readonly password: SecretText }

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly authorization?: Authorization
  /** Sent as JSON. */
  readonly body?: unknown
  /** Nothing is sent after their deadline, and nobody waits for an answer after it. */
  readonly terms: CallTerms
  /** A longer answer is unreadable. Default 1 MiB. */
  readonly maximumBytes?: number
}

/** A complete answer, whatever its status. Its body may hold secrets: decode it, never show it. */
export interface HttpAnswer {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
}

/**
 * `not_sent`: the request provably reached no application. `unknown`: it may have been executed, or may be later.
 */
export type HttpResult = HttpAnswer | NotSentOutcome | UnknownOutcome

/** Every value of a header, in the order of the answer. The name is lower-case. */
export const headerValues = (answer: HttpAnswer, name: string): ReadonlyArray<string> => {
  const value = answer.headers[name]
  return typeof value === 'string' ? [value] : (value ?? [])
}

export const isSuccess = (answer: HttpAnswer): boolean => answer.status >= 200 && answer.status < 300
