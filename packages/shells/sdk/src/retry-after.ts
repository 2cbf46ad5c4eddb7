/**
 * The seconds that a `Retry-After` asks to wait, given as a number or as an HTTP date. `now`: milliseconds since 1970.
 */
export const retryAfterSeconds = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value.trim())) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}
