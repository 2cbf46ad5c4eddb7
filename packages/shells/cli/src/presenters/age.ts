const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** How long ago a timestamp was, in one unit and rounded down, such as `93d`. `now`: milliseconds since 1970. */
export const ageOf = (timestamp: string | null, now: number): string | undefined => {
  if (timestamp === null) return undefined
  const seconds = Math.max(0, Math.floor((now - Date.parse(timestamp)) / 1000))
  if (seconds < 2 * minute) return `${String(seconds)}s`
  if (seconds < 2 * hour) return `${String(Math.floor(seconds / minute))}m`
  return seconds < 2 * day ? `${String(Math.floor(seconds / hour))}h` : `${String(Math.floor(seconds / day))}d`
}
