import { decode, described, withSchema } from '@pull-secret/decoding'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const longest = 512
const rule = 'must be the next_cursor of an earlier page of this list'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** A place in one list, as callers pass it back. It names its list, so that no other list takes it. */
export interface CursorOf<Position> {
  readonly codec: t.Type<Position, unknown>
  readonly write: (position: Position) => string
}

export const cursorOf = <Position>(list: string, position: t.Type<Position, unknown>): CursorOf<Position> => {
  const content = t.tuple([t.literal(list), position])
  const write = (value: Position): string =>
    Buffer.from(JSON.stringify([list, position.encode(value)])).toString('base64url')
  const codec = new t.Type<Position, unknown>(
    'a cursor',
    position.is,
    (value, context) => {
      if (typeof value !== 'string' || value.length > longest) return t.failure(value, context, rule)
      const read = decode(content, parsed(value))
      return E.isRight(read) ? t.success(read.right[1]) : t.failure(value, context, rule)
    },
    write,
  )
  return {
    codec: described(
      withSchema(codec, () => ({ type: 'string' })),
      'Where the page begins: `next_cursor` of the page before. Absent: at the beginning.',
    ),
    write,
  }
}
