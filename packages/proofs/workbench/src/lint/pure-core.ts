/** Why a construct may not appear, by its ESLint selector. */
export interface ForbiddenSyntax {
  readonly selector: string
  readonly message: string
}

const failuresAreValues = 'Expected failures are values here: return an Either or a TaskEither.'
const tasksOnly = 'Compose a TaskEither instead: a crash must run none of our code.'
const asked = 'The core has no clock and no randomness: take the value as an argument or from a port.'

/** What domain and application may not write. */
export const forbiddenInCore: ReadonlyArray<ForbiddenSyntax> = [
  { selector: ':function[async=true]', message: tasksOnly },
  { selector: 'AwaitExpression', message: tasksOnly },
  { selector: 'ForOfStatement[await=true]', message: tasksOnly },
  { selector: 'ThrowStatement', message: failuresAreValues },
  { selector: 'TryStatement', message: failuresAreValues },
  {
    selector: ':matches(ClassDeclaration, ClassExpression):not([id.name="SecretText"])',
    message: 'A function over a record will do: SecretText is the only class.',
  },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: asked },
]

export const forbiddenPropertiesInCore = [
  { object: 'Date', property: 'now', message: asked },
  { object: 'Math', property: 'random', message: asked },
]

export const forbiddenGlobalsInCore = [
  'process',
  'console',
  'crypto',
  'performance',
  'fetch',
  'Buffer',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
].map((name) => ({ name, message: 'The core reaches the world through ports only.' }))
