import { type AnsweredError, decode } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { withinBounds } from './value-bounds.ts'

type Codec<A> = Parameters<typeof decode<A>>[0]

const mostTold = 20

/** A foreign value, by its codec. */
export const decoded = <A>(codec: Codec<A>, value: unknown): E.Either<AnsweredError, A> => {
  const result = decode(codec, value)
  return E.isRight(result) ? result : E.left({ code: 'MISMATCHED', mismatches: result.left.slice(0, mostTold) })
}

const parametersOf = (query: string): Readonly<Record<string, string | ReadonlyArray<string>>> => {
  const search = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

/** A query, by its codec; a parameter that is given twice is a list. */
export const decodedQuery = <A>(codec: Codec<A>, query: string): E.Either<AnsweredError, A> => {
  if (query === '') return decoded(codec, {})
  const bounded = withinBounds(parametersOf(query))
  return E.isLeft(bounded) ? bounded : decoded(codec, bounded.right)
}
