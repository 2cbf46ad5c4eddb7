import { decode, exactly, type Mismatch, wholeNumber } from '@pull-secret/decoding'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Case } from './case.ts'
import { mistakesIn } from './case-mistakes.ts'
import { settings } from './configuration.ts'
import type { ScriptCase } from './exhaustive.ts'
import { faultKinds } from './faults.ts'
import type { KeptCase } from './kept-case.ts'
import { replicaCount } from './operations.ts'

/** Seeds, and whatever else a case counts, go from 0 to this. */
export const highestSeed = 1_000_000_000

const count = wholeNumber(0, highestSeed)

const oneOf = <A extends string>(names: ReadonlyArray<A>) =>
  t.keyof(Object.fromEntries(names.map((name) => [name, null])) as Readonly<Record<A, null>>)

const act = t.union([
  exactly('a request', { kind: oneOf(['generate', 'recreate', 'retrieve', 'ban', 'unban']), cluster: t.string }, {}),
  exactly('a delete', { kind: t.literal('delete'), cluster: t.string }, { incarnation: count }),
  exactly('a recovery or crash', { kind: t.keyof({ recover: null, crash: null }) }, {}),
  exactly('a change', { kind: t.literal('configure'), registry: count, setting: oneOf(settings) }, {}),
  exactly('a repetition', { kind: t.literal('repeat'), of: count }, {}),
])

const operation = exactly(
  'an operation',
  { number: count, act, deployment: count, replica: wholeNumber(0, replicaCount - 1), waitMilliseconds: count },
  {},
)

const common = { seed: count, vendors: t.readonlyArray(t.string), faults: t.record(t.string, oneOf(faultKinds)) }

const historyCase: t.Type<Case> = exactly(
  'a case',
  { ...common, deployments: wholeNumber(1, 2), operations: t.readonlyArray(operation) },
  {},
)

const scriptCase: t.Type<ScriptCase> = exactly('a case with a script', { ...common, script: t.string }, {})

const codecOf = (value: unknown): t.Type<KeptCase> =>
  (typeof value === 'object' && value !== null && 'script' in value ? scriptCase : historyCase) as t.Type<KeptCase>

/** A history or a script, with its faults, as it was kept in a file. */
export const decodeCase = (value: unknown): E.Either<ReadonlyArray<Mismatch>, KeptCase> => {
  const decoded = decode(codecOf(value), value)
  if (E.isLeft(decoded)) return decoded
  const mistakes = mistakesIn(decoded.right)
  return mistakes.length === 0 ? decoded : E.left(mistakes)
}
