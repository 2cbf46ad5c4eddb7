/** What a problem says beside its sentence. From a server it is foreign: nothing about it is taken for granted. */
export type FailureDetails = Readonly<Record<string, unknown>>

/** A hint with the numbers that it names, as `{incarnation}`; what is not told stays a letter. */
export const hintWith = (hint: string, details: FailureDetails): string =>
  hint.replaceAll(/\{(\w+)\}/g, (_, name: string) => (typeof details[name] === 'number' ? String(details[name]) : 'N'))

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const lineOf = (registry: FailureDetails): string => {
  const problem = textOf(registry['problem'])
  return `  ${textOf(registry['registry_id'])}: ${textOf(registry['status'])}${problem === '' ? '' : ` (${problem})`}\n`
}

const isRecord = (value: unknown): value is FailureDetails => typeof value === 'object' && value !== null

/** A sentence, and a line for each registry that it is about. */
export const messageWith = (message: string, { registries }: FailureDetails): string =>
  Array.isArray(registries) ? `${message}\n${registries.filter(isRecord).map(lineOf).join('')}` : message
