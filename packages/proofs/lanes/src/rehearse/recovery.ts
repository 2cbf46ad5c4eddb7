import { type Attempt, isAnswered, needsNoVendor } from './journal.ts'

/** One thing that was done to a running deployment. Moments are in milliseconds of the journal's clock. */
export interface Disturbance {
  readonly name: string
  readonly beganAt: number
  /** When all replicas were ready again. */
  readonly readyAt: number
}

export interface Recovery {
  /** Requests, without those that need a vendor, that got no answer for good at first. */
  readonly askedAgain: number
  /** From the disturbance to the end of the last of them; 0 where there was none. */
  readonly noticedSeconds: number
  /** From the disturbance until all replicas were ready. */
  readonly readySeconds: number
}

/** What callers noticed of a disturbance before the next one began; an attempt fails at its end. */
export const recoveryOf = (
  { beganAt, readyAt }: Disturbance,
  nextBeganAt: number,
  attempts: ReadonlyArray<Attempt>,
): Recovery => {
  const struck = attempts.filter(
    (attempt) =>
      needsNoVendor(attempt) && !isAnswered(attempt) && attempt.endedAt >= beganAt && attempt.endedAt < nextBeganAt,
  )
  const lastAt = struck.reduce((latest, { endedAt }) => Math.max(latest, endedAt), beganAt)
  return {
    askedAgain: struck.length,
    noticedSeconds: (lastAt - beganAt) / 1000,
    readySeconds: (readyAt - beganAt) / 1000,
  }
}
