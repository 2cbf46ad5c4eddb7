export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>

/** The trace that work belongs to where nothing of it is under way here yet. */
export interface TraceOrigin {
  /** 128 bits in lower-case hexadecimal digits. */
  readonly traceId: string
  /** What caused the work elsewhere, and whether its trace is kept; absent: the trace begins here. */
  readonly parent?: { readonly spanId: string; readonly isSampled: boolean }
}

export interface SpanStart {
  /** One of a few: whatever tells one call from another is an attribute. */
  readonly name: string
  /** `server` is caused by its origin alone, everything else by what is under way around it. */
  readonly kind: 'server' | 'client' | 'internal'
  readonly attributes?: SpanAttributes
  readonly origin?: TraceOrigin
}

export interface SpanEnd {
  readonly attributes?: SpanAttributes
  /** Marks the span as an error: a code, never a message. */
  readonly failure?: string
}

/** Says what was done, for how long and because of what, to a receiver of traces. */
export interface Tracer {
  /**
   * Does work within a span: what that work does in turn belongs to it. Without an origin, and with nothing under way,
   * the work is done without one. What it rejects with goes on, and into the span as a code. The work is told the id of
   * its span, for logs.
   */
  readonly within: <A>(
    span: SpanStart,
    work: (spanId: string | undefined) => Promise<A>,
    endOf?: (answer: A) => SpanEnd,
  ) => Promise<A>
  /** Sends what has ended, for two seconds at most. Rejects nothing. */
  readonly close: () => Promise<void>
}
