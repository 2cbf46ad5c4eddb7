import type { Operation } from './operation.ts'
import type { ProblemSlug } from './problem-kinds.ts'

const ofValues: ReadonlyArray<ProblemSlug> = ['value-required', 'value-invalid', 'format-invalid']

const ofBodies: ReadonlyArray<ProblemSlug> = [
  'malformed-json',
  'request-timeout',
  'payload-too-large',
  'unsupported-media-type',
]

const ofPermissions: ReadonlyArray<ProblemSlug> = [
  'token-missing',
  'token-invalid',
  'token-expired',
  'forbidden',
  'rate-limit-exceeded',
  'service-unavailable',
]

const ofAll: ReadonlyArray<ProblemSlug> = ['headers-too-large', 'internal-error']

/** Every kind of problem that an operation can be answered with. */
export const problemsOf = (operation: Operation): ReadonlyArray<ProblemSlug> => {
  const { body, permission, limitClass, problems = [] } = operation
  // An operation of the product refuses at least the parameters that it does not take.
  const takesValues = limitClass === 'standard'
  return [
    ...(takesValues ? ofValues : []),
    ...(body === undefined ? [] : ofBodies),
    ...(permission === 'anonymous' ? [] : ofPermissions),
    ...problems,
    ...ofAll,
  ]
}
