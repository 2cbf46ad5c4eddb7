import { type AnsweredError, type Codec, decode } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { withinBounds } from './value-bounds.ts'

const maximumReported = 20

/** A foreign value by its codec, once reading it closely cannot cost much. */
export const decoded = <A>(codec: Codec<A>, value: unknown): E.Either<AnsweredError, A> => {
  const bounded = withinBounds(value)
  if (E.isLeft(bounded)) return bounded
  const result = decode(codec, bounded.right)
  return E.isRight(result) ? result : E.left({ code: 'MISMATCHED', mismatches: result.left.slice(0, maximumReported) })
}
