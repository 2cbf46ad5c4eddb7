import type { SecretText } from '@pull-secret/domain'

/** Spans that nobody will see. */
export interface LostSpans {
  readonly spans: number
  /** A code: of the connection, of HTTP, or one of ours. */
  readonly reason: string
}

export interface TracerOptions {
  readonly component: string
  readonly version: string
  readonly hostname: string
  /** Of a receiver of OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string
  /** Which part of the traces that begin here is kept; from 0 to 1. */
  readonly ratio: number
  /** Sent with each request to the receiver; asked for anew each time. */
  readonly headers: () => Readonly<Record<string, SecretText>>
  /** Told of each request to the receiver that fails. */
  readonly reportLoss: (lost: LostSpans) => void
}
