import type { PullSecret } from './pull-secret.ts'
import { PullSecretError } from './pull-secret-error.ts'
import type { Sleep } from './wait.ts'

export interface WatchDeps {
  /** Undefined: unchanged since `known`. */
  readonly poll: (known: PullSecret | undefined, signal: AbortSignal) => Promise<PullSecret | undefined>
  readonly everyMilliseconds: number
  readonly sleep: Sleep
  /** Ends the watch without an error. */
  readonly signal: AbortSignal
}

const isTransient = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted || (error instanceof PullSecretError && error.retryable)

/** Whoever asks for more, such as a proxy, is asked once a day all the same. */
const longestRequestedSeconds = 86_400

const requestedMilliseconds = (error: unknown): number =>
  error instanceof PullSecretError ? Math.min(error.retryAfterSeconds ?? 0, longestRequestedSeconds) * 1000 : 0

/** Yields each document once. Polls on after a retryable error, and not before the service wants to be asked again. */
export async function* watch({
  poll,
  everyMilliseconds,
  sleep,
  signal,
}: WatchDeps): AsyncGenerator<PullSecret, void, undefined> {
  let known: PullSecret | undefined
  while (!signal.aborted) {
    const fingerprint = known?.fingerprint
    let pauseMilliseconds = everyMilliseconds
    try {
      known = (await poll(known, signal)) ?? known
    } catch (error) {
      if (!isTransient(error, signal)) throw error
      pauseMilliseconds = Math.max(everyMilliseconds, requestedMilliseconds(error))
    }
    if (known !== undefined && known.fingerprint !== fingerprint) yield known
    await sleep(pauseMilliseconds, signal).catch(() => undefined)
  }
}
