/**
 * One way a vendor's answer can go wrong. A `hang`, a `lateLanding` and a `slowBody` without a time wait until
 * {@link FaultControl.release}; what still waits when the simulator closes is dropped, as when a vendor's process dies.
 */
export type Fault =
  /** No answer until released; then acts and answers. With `acts` it acts first and is merely silent. */
  | { kind: 'hang'; acts?: boolean }
  /** The connection is reset and nothing happens. */
  | { kind: 'resetBefore' }
  /** The request takes effect and its answer is lost. */
  | { kind: 'resetAfter' }
  /** Acts and answers after this time. */
  | { kind: 'delay'; delayMilliseconds: number }
  /** The connection is reset at once; the request takes effect later. */
  | { kind: 'lateLanding'; delayMilliseconds?: number }
  /**
   * This status instead of the true answer; without `acts` nothing happens. The body is a gateway's HTML page unless
   * named.
   */
  | { kind: 'status'; status: number; retryAfterSeconds?: number; body?: 'html' | 'json' | 'empty'; acts?: boolean }
  /** The request takes effect twice; the caller sees the first answer. */
  | { kind: 'executeTwice' }
  /** The true status without its body. */
  | { kind: 'emptyBody' }
  /** Status, headers and the first byte come; the rest of the body later. */
  | { kind: 'slowBody'; delayMilliseconds?: number }

/** When a fault strikes. Without `times` and `probability`: the next matching call. */
export interface FaultRule {
  /** An operation of the simulator, or `*`. */
  operation: string
  fault: Fault
  /** How many calls it strikes. Without it and with `probability`: without end. */
  times?: number
  /** Between 0 and 1, drawn from the simulator's seeded generator for every matching call. */
  probability?: number
  /** Strikes only calls whose decoded path contains this text. */
  pathIncludes?: string
}
