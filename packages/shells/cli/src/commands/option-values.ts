import { InvalidArgumentError } from 'commander'

/** Reads a whole number of at least one. Commander expects a refusal as an exception. */
export const positiveNumber = (text: string): number => {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It must be a positive whole number.')
  return Number(text)
}

/** Reads a whole number. */
export const wholeNumber = (text: string): number => {
  if (!/^(0|[1-9]\d{0,9})$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

/** Adds one more value of an option that may be repeated. */
export const collectValue = (value: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...before,
  value,
]

/** Reads the name of a database role; such names need no quotes anywhere. */
export const roleName = (text: string): string => {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(text))
    throw new InvalidArgumentError('It must be 1 to 63 of a-z, 0-9 and _, and must not start with a digit.')
  return text
}

/** Reads a whole number; 0 stands for no limit. */
export const limitNumber = (text: string): number => {
  if (!/^(0|[1-9]\d{0,9})$/.test(text)) throw new InvalidArgumentError('It must be a whole number; 0 is no limit.')
  return text === '0' ? Infinity : Number(text)
}

const unitMilliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const longestMilliseconds = 36_500 * 86_400_000

/** Undefined for what is no duration of at most a hundred years. */
const millisecondsOf = (text: string): number | undefined => {
  const [, count, unit = ''] = /^([1-9]\d{0,9})([smhd])$/.exec(text) ?? []
  const milliseconds = Number(count) * (unitMilliseconds[unit] ?? Number.NaN)
  return milliseconds <= longestMilliseconds ? milliseconds : undefined
}

/** Reads a duration, such as `10m`, in seconds. */
export const durationSeconds = (text: string): number => {
  const milliseconds = millisecondsOf(text)
  if (milliseconds === undefined) throw new InvalidArgumentError('It must be a number with s, m, h or d, such as 10m.')
  return milliseconds / 1000
}

/** A moment as the API takes it, seen from now, which is in milliseconds since 1970. */
export type Moment = (now: number) => string

const before =
  (milliseconds: number): Moment =>
  (now) =>
    new Date(now - milliseconds).toISOString()

/** Reads a duration, such as `90d`, as the moment that is so long ago. */
export const momentAgo = (text: string): Moment => {
  const milliseconds = millisecondsOf(text)
  if (milliseconds === undefined) throw new InvalidArgumentError('It must be a number with s, m, h or d, such as 90d.')
  return before(milliseconds)
}

const timestampForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** Reads a duration or a timestamp. A day alone begins at midnight UTC. */
export const moment = (text: string): Moment => {
  const milliseconds = millisecondsOf(text)
  if (milliseconds !== undefined) return before(milliseconds)
  const instant = timestampForm.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant))
    throw new InvalidArgumentError('It must be so long ago, such as 24h, or a timestamp such as 2026-01-31T00:00:00Z.')
  return () => new Date(instant).toISOString()
}
