/** A point in time: milliseconds since 1970-01-01T00:00:00Z, by the clock that the surrounding text names. */
export type Instant = number

export const secondsAfter = (instant: Instant, seconds: number): Instant => instant + seconds * 1000

/** The later of two instants of which one may be absent. */
export const laterOf = (one: Instant | undefined, other: Instant): Instant =>
  one === undefined ? other : Math.max(one, other)
