import type { Instant } from '../platform/instant.ts'

/** No registry, however it puts it, keeps us from asking again for longer. */
export const longestAskedDelaySeconds = 3600

/** 9999-12-31: every store and every format knows it. */
const latestInstant: Instant = Date.UTC(9999, 11, 31)

/** How long a registry asks us to wait, as far as we listen. */
export const boundedDelaySeconds = (seconds: number | undefined): number | undefined => {
  if (seconds === undefined || Number.isNaN(seconds)) return undefined
  return Math.min(longestAskedDelaySeconds, Math.max(0, seconds))
}

/** A time that a registry announces, as far as it can be kept. What is no time at all has passed. */
export const boundedInstant = (instant: Instant | undefined): Instant | undefined => {
  if (instant === undefined) return undefined
  return Number.isNaN(instant) ? 0 : Math.round(Math.min(latestInstant, Math.max(0, instant)))
}
