import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Mismatch } from './mismatch.ts'

/**
 * io-ts numbers the branches of an intersection or a union; these numbers are no part of the path that a person knows.
 */
const branching = new Set(['IntersectionType', 'UnionType', 'ExactlyType'])

const isBranchNumber = (entry: t.ContextEntry, parent: t.ContextEntry | undefined): boolean =>
  entry.type !== t.never && branching.has((parent?.type as { readonly _tag?: string } | undefined)?._tag ?? '')

const fieldOf = (error: t.ValidationError): string =>
  error.context
    .filter((entry, index) => entry.key !== '' && !isBranchNumber(entry, error.context[index - 1]))
    .map((entry) => entry.key)
    .join('.')

const toMismatch = (error: t.ValidationError): Mismatch => {
  const field = fieldOf(error)
  const expected = error.context.at(-1)?.type.name ?? 'another value'
  const subject = field === '' ? 'the value' : field
  if (error.context.at(-1)?.type === t.never)
    return { field, rule: 'unknown', message: `${subject} is an unknown field` }
  if (error.value === undefined) return { field, rule: 'required', message: `${subject} is required (${expected})` }
  return error.message === undefined
    ? { field, rule: 'invalid', message: `${subject} must be ${expected}` }
    : { field, rule: 'format', message: `${subject} ${error.message}` }
}

const distinct = (mismatches: ReadonlyArray<Mismatch>): ReadonlyArray<Mismatch> =>
  mismatches.filter(
    (one, index) =>
      mismatches.findIndex((other) => other.field === one.field && other.message === one.message) === index,
  )

/** What reads a foreign value as an `A`, or says why it is none. */
export type Codec<A> = t.Decoder<unknown, A>

/** Reads a foreign value by its codec. What does not fit is named by field and rule; the value is never repeated. */
export const decode = <A>(codec: Codec<A>, value: unknown): E.Either<ReadonlyArray<Mismatch>, A> => {
  const result = codec.decode(value)
  return E.isRight(result) ? result : E.left(distinct(result.left.map(toMismatch)))
}

/** All mismatches in one line. */
export const describeMismatches = (mismatches: ReadonlyArray<Mismatch>): string =>
  mismatches.map((mismatch) => mismatch.message).join('; ')
