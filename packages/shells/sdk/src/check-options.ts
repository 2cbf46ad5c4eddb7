import { PullSecretError } from './pull-secret-error.ts'

export const invalidOption = (field: string, message: string): PullSecretError =>
  new PullSecretError('INVALID_REQUEST', message, { details: { field } })

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
