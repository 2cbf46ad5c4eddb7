import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

const deepest = 16
const mostMembers = 1000
const longestName = 256

const refused = (message: string): E.Either<AnsweredError, never> =>
  E.left({ code: 'MISMATCHED', mismatches: [{ field: '', rule: 'invalid', message }] })

/**
 * Lets a parsed value through if reading it closely cannot cost much: telling every fault of a large one would. A field
 * by the name of an object's prototype is refused, because copying it would replace that prototype.
 */
export const withinBounds = (value: unknown): E.Either<AnsweredError, unknown> => {
  let level: ReadonlyArray<unknown> = [value]
  let members = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    const records = level.filter((item) => typeof item === 'object' && item !== null)
    const names = records.flatMap((record) => (Array.isArray(record) ? [] : Object.keys(record)))
    const next = records.flatMap((record) => Object.values(record) as ReadonlyArray<unknown>)
    members += next.length
    if (members > mostMembers) return refused(`the value must have at most ${String(mostMembers)} members`)
    if (next.length > 0 && depth >= deepest) return refused(`the value must be nested at most ${String(deepest)} deep`)
    if (names.some((name) => name === '__proto__' || name.length > longestName))
      return refused('the value has a field that nobody knows')
    level = next
  }
  return E.right(value)
}
