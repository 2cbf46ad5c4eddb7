import { PullSecretError } from './pull-secret-error.ts'

export const invalidOption = (field: string, message: string): PullSecretError =>
  new PullSecretError('INVALID_REQUEST', message, { details: { field } })

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws PullSecretError `INVALID_REQUEST` for what is no object */
export const checkObject = (argument: string, value: unknown): void => {
  if (!isRecord(value)) throw invalidOption(argument, `${argument} must be an object`)
}

/**
 * An option that nobody reads would have no effect, silently.
 *
 * @throws PullSecretError `INVALID_REQUEST` for what is no object, or has another option than the known ones
 */
export const checkOptions = (argument: string, value: object, known: ReadonlyArray<string>): void => {
  checkObject(argument, value)
  const unknown = Object.keys(value).find((name) => !known.includes(name))
  if (unknown !== undefined) throw invalidOption(unknown, `${unknown} is an unknown option`)
}

/** Which numbers an option takes; whole ones where it counts something. */
export interface NumberRule {
  readonly minimum: number
  readonly maximum: number
  readonly isWhole?: boolean
}

/** @throws PullSecretError `INVALID_REQUEST` for a value that is no such number; it names option and rule only */
export const checkNumber = (field: string, value: number | undefined, rule: NumberRule): void => {
  if (value === undefined) return
  const { minimum, maximum, isWhole = false } = rule
  const fits =
    typeof value === 'number' && value >= minimum && value <= maximum && (!isWhole || Number.isInteger(value))
  if (!fits)
    throw invalidOption(
      field,
      `${field} must be a ${isWhole ? 'whole ' : ''}number from ${String(minimum)} to ${String(maximum)}`,
    )
}

/** @throws PullSecretError `INVALID_REQUEST` for a value that is no valid Date */
export const checkDate = (field: string, value: Date | undefined): void => {
  const given: unknown = value
  if (given === undefined || (given instanceof Date && !Number.isNaN(given.getTime()))) return
  throw invalidOption(field, `${field} must be a valid Date`)
}
