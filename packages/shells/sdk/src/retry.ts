import { PullSecretError } from './pull-secret-error.ts'
import type { Sleep } from './wait.ts'

export interface RetryDeps {
  /** How often to retry after the first attempt. */
  readonly retries: number
  readonly firstDelayMilliseconds: number
  readonly sleep: Sleep
  /** From 0 up to 1. */
  readonly random: () => number
}

export type Retry = <A>(attempt: () => Promise<A>, signal: AbortSignal) => Promise<A>

/** A service that asks for a longer delay gets no retry: the caller decides what to do meanwhile. */
const maximumRetryAfterSeconds = 60
const maximumDelayMilliseconds = 30_000

/** Half of the delay is random, so that clients that failed together do not retry together. */
const backOff = ({ firstDelayMilliseconds, random }: RetryDeps, retried: number): number =>
  Math.min(maximumDelayMilliseconds, firstDelayMilliseconds * 2 ** retried) * (0.5 + random() / 2)

/** Never less than requested, and up to a tenth more. */
const requestedDelay = (seconds: number, random: () => number): number => seconds * 1000 * (1 + random() / 10)

const mayRetry = (error: unknown): error is PullSecretError =>
  error instanceof PullSecretError && error.retryable && (error.retryAfterSeconds ?? 0) <= maximumRetryAfterSeconds

/** Retries an attempt that fails with a retryable error. */
export const makeRetry =
  (deps: RetryDeps): Retry =>
  async (attempt, signal) => {
    for (let retried = 0; ; retried += 1) {
      try {
        return await attempt()
      } catch (error) {
        if (retried >= deps.retries || !mayRetry(error)) throw error
        const { retryAfterSeconds } = error
        await deps.sleep(
          retryAfterSeconds === undefined ? backOff(deps, retried) : requestedDelay(retryAfterSeconds, deps.random),
          signal,
        )
      }
    }
  }
