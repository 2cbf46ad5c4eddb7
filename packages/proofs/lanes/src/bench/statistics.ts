/** The value below which a share (0 to 1) of the values lies, by the nearest rank. NaN for no values. */
export const percentile = (values: Iterable<number>, share: number): number => {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/** The middle value, or the mean of the middle two. NaN for no values. */
export const median = (values: ReadonlyArray<number>): number => {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}

/** The median of times, for a note. */
export const medianMilliseconds = (values: ReadonlyArray<number>): string => `${median(values).toFixed(1)} ms`
