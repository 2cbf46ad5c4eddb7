import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

const maximumDepth = 16
const maximumMembers = 1000
const maximumNameLength = 256

const refused = (message: string): E.Either<AnsweredError, never> =>
  E.left({ code: 'MISMATCHED', mismatches: [{ field: '', rule: 'invalid', message }] })

/**
 * Lets a parsed value through if decoding it is cheap: listing every mismatch of a large value would not be. A field by
 * the name of an object's prototype is refused, because copying it would replace that prototype.
 */
export const withinBounds = (value: unknown): E.Either<AnsweredError, unknown> => {
  let level: ReadonlyArray<unknown> = [value]
  let members = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    const records = level.filter((item) => typeof item === 'object' && item !== null)
    const names = records.flatMap((record) => (Array.isArray(record) ? [] : Object.keys(record)))
    const next = records.flatMap((record) => Object.values(record) as ReadonlyArray<unknown>)
    members += next.length
    if (members > maximumMembers) return refused(`the value must have at most ${String(maximumMembers)} members`)
    if (next.length > 0 && depth >= maximumDepth)
      return refused(`the value must be nested at most ${String(maximumDepth)} levels deep`)
    if (names.some((name) => name === '__proto__' || name.length > maximumNameLength))
      return refused('the value has an unknown field')
    level = next
  }
  return E.right(value)
}
