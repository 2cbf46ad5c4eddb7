import { InvalidArgumentError } from 'commander'

/** Reads a whole number of at least one. Commander expects a refusal as an exception. */
export const positiveNumber = (text: string): number => {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It must be a positive whole number.')
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
