import { PullSecretError } from './pull-secret-error.ts'
import type { Sleep } from './wait.ts'

export interface RepeatDeps {
  /** How often to try again after the first attempt. */
  readonly retries: number
  readonly firstDelayMilliseconds: number
  readonly sleep: Sleep
  /** From 0 up to 1. */
  readonly random: () => number
}

export type Repeat = <A>(attempt: () => Promise<A>, signal: AbortSignal) => Promise<A>

/** Who is asked to wait longer hands the failure on: the caller has better things to do. */
const longestWaitSeconds = 60
const longestDelayMilliseconds = 30_000

/** Half of the delay is fixed and half is chance, so that clients that failed together do not return together. */
const backOff = ({ firstDelayMilliseconds, random }: RepeatDeps, repeated: number): number =>
  Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** repeated) * (0.5 + random() / 2)

/** Never less than asked, and up to a tenth more. */
const asked = (seconds: number, random: () => number): number => seconds * 1000 * (1 + random() / 10)

const isWorthWaiting = (error: unknown): error is PullSecretError =>
  error instanceof PullSecretError && error.retryable && (error.retryAfterSeconds ?? 0) <= longestWaitSeconds

/** Repeats what fails with an error that passes. */
export const makeRepeat =
  (deps: RepeatDeps): Repeat =>
  async (attempt, signal) => {
    for (let repeated = 0; ; repeated += 1) {
      try {
        return await attempt()
      } catch (error) {
        if (repeated >= deps.retries || !isWorthWaiting(error)) throw error
        const { retryAfterSeconds } = error
        await deps.sleep(
          retryAfterSeconds === undefined ? backOff(deps, repeated) : asked(retryAfterSeconds, deps.random),
          signal,
        )
      }
    }
  }
