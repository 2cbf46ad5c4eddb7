import { onOneLine } from '../output/harmless.ts'

/** The details of a problem. They may come from a server, so nothing about them is taken for granted. */
export type FailureDetails = Readonly<Record<string, unknown>>

/** A hint with its placeholders, such as `{incarnation}`, replaced by numbers; N stands for a missing one. */
export const hintWith = (hint: string, details: FailureDetails): string =>
  hint.replaceAll(/\{(\w+)\}/g, (_, name: string) => (typeof details[name] === 'number' ? String(details[name]) : 'N'))

const textOf = (value: unknown): string => (typeof value === 'string' ? onOneLine(value) : '')

const lineOf = (registry: FailureDetails): string => {
  const problem = textOf(registry['problem'])
  return `  ${textOf(registry['registry_id'])}: ${textOf(registry['status'])}${problem === '' ? '' : ` (${problem})`}\n`
}

const isRecord = (value: unknown): value is FailureDetails => typeof value === 'object' && value !== null

/** The message, and a line for each registry among the details. */
export const messageWith = (message: string, { registries }: FailureDetails): string =>
  Array.isArray(registries) ? `${message}\n${registries.filter(isRecord).map(lineOf).join('')}` : message

/** The fields of the request that the details name. */
export const fieldsOf = ({ field, errors }: FailureDetails): ReadonlyArray<string> =>
  [field, ...(Array.isArray(errors) ? errors.filter(isRecord).map((error) => error['field']) : [])].filter(
    (name) => typeof name === 'string',
  )
