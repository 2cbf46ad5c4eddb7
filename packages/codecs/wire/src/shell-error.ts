import type { Mismatch } from '@pull-secret/decoding'

/** Errors that only a shell can meet: requests that never reach a use case, and internal errors. */
export type ShellError =
  | { readonly code: 'NO_SUCH_ROUTE' }
  | { readonly code: 'METHOD_NOT_ALLOWED'; readonly allowed: ReadonlyArray<string> }
  | { readonly code: 'UNSUPPORTED_MEDIA_TYPE' }
  | { readonly code: 'PAYLOAD_TOO_LARGE'; readonly limitBytes: number }
  /** A request did not come whole in time. */
  | { readonly code: 'REQUEST_TIMEOUT' }
  | { readonly code: 'HEADERS_TOO_LARGE' }
  /** Too many requests of one caller, or without a known token from one address: `limit` are given a window. */
  | {
      readonly code: 'RATE_LIMITED'
      readonly limit: number
      readonly windowSeconds: number
      /** Whole, at least 1. */
      readonly retryAfterSeconds: number
    }
  | { readonly code: 'MALFORMED_JSON' }
  /** A path, query or body that its codec refuses. */
  | { readonly code: 'MISMATCHED'; readonly mismatches: ReadonlyArray<Mismatch> }
  /** Something threw. Its text stays in the process. */
  | { readonly code: 'INTERNAL' }
  /** The process is stopping. */
  | { readonly code: 'DRAINING' }
