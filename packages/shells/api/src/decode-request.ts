import { type AnsweredError, type Codec, decode } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { withinBounds } from './value-bounds.ts'

const maximumMismatches = 20

/** Decodes a foreign value by its codec, if it is small enough to be decoded cheaply. */
export const decoded = <A>(codec: Codec<A>, value: unknown): E.Either<AnsweredError, A> => {
  const bounded = withinBounds(value)
  if (E.isLeft(bounded)) return bounded
  const result = decode(codec, bounded.right)
  return E.isRight(result)
    ? result
    : E.left({ code: 'MISMATCHED', mismatches: result.left.slice(0, maximumMismatches) })
}
