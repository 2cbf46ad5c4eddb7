/** `regenerate`: a generate for a cluster that has everything. */
export type CallKind = 'generate' | 'regenerate' | 'get' | 'verify' | 'delete'

/**
 * What an attempt without an answer met: a replica that was killed under it, one that was dead already, or the end of
 * the SDK's patience.
 */
export type Excuse = 'in flight' | 'refused' | 'timed out'

/** One HTTP request to one replica. Moments are in milliseconds of one clock. */
export interface Attempt {
  readonly kind: CallKind
  readonly replica: string
  /** Whether the replica is far away from its database. */
  readonly isFar: boolean
  readonly beganAt: number
  readonly endedAt: number
  /** Absent where no answer came. */
  readonly status?: number
  /** Whether the answer says when to come again. */
  readonly saysWhen?: boolean
  readonly excuse?: Excuse
}

/** What an adapter wanted, with all attempts that it took. */
export interface Call {
  readonly kind: CallKind
  readonly beganAt: number
  readonly endedAt: number
  /** How often the SDK gave up and the adapter came again. */
  readonly givenUp: number
  /** Why it was never answered as it should be. */
  readonly complaint?: string
}

/** Calls that no vendor has a part in. */
export const needsNoVendor = ({ kind }: { readonly kind: CallKind }): boolean =>
  kind === 'get' || kind === 'verify' || kind === 'regenerate'

const tooManyRequests = 429
const firstServerError = 500

/** Whether an attempt was answered for good, be it with a refusal. */
export const isAnswered = ({ status }: Attempt): boolean =>
  status !== undefined && status !== tooManyRequests && status < firstServerError

/** Whether an attempt was answered with the wish to come again. */
export const isPutOff = (attempt: Attempt): boolean => !isAnswered(attempt) && attempt.saysWhen === true
