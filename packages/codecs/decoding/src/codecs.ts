import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { schemaOf, withSchema } from './schema-of.ts'

const portableFlags = new Set(['', 'u'])

/** Text of a bounded length that follows a pattern; `rule` completes the sentence "FIELD …". */
export const textMatching = (name: string, pattern: RegExp, rule: string): t.Type<string> =>
  withSchema(
    new t.Type<string>(
      name,
      (value): value is string => typeof value === 'string' && pattern.test(value),
      (value, context) => {
        if (typeof value !== 'string') return t.failure(value, context)
        return pattern.test(value) ? t.success(value) : t.failure(value, context, rule)
      },
      (text) => text,
    ),
    () => {
      if (portableFlags.has(pattern.flags)) return { type: 'string', pattern: pattern.source }
      throw new Error(`"${name}" has no JSON schema: its pattern needs a flag`)
    },
  )

export const nonEmptyText: t.Type<string> = textMatching('non-empty text', /\S/, 'must not be empty')

/** One of the given words. */
export const oneOf = <V extends string>(...values: ReadonlyArray<V>): t.Type<V> =>
  t.keyof(Object.fromEntries(values.map((value) => [value, null])) as Record<V, null>, `one of ${values.join(', ')}`)

/** A whole number within bounds, both included. */
export const wholeNumber = (minimum: number, maximum: number): t.Type<number> => {
  const fits = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
  return withSchema(
    new t.Type<number>(
      `a whole number from ${String(minimum)} to ${String(maximum)}`,
      fits,
      (value, context) =>
        fits(value)
          ? t.success(value)
          : t.failure(
              value,
              context,
              typeof value === 'number'
                ? `must be a whole number from ${String(minimum)} to ${String(maximum)}`
                : undefined,
            ),
      (number) => number,
    ),
    () => ({ type: 'integer', minimum, maximum }),
  )
}

/** A list of at least one; `rule` says of an empty list what is wrong, and completes the sentence "FIELD …". */
export const nonEmptyList = <A>(
  name: string,
  item: t.Type<A, unknown>,
  rule: string,
): t.Type<ReadonlyArray<A>, unknown> => {
  const list = t.array(item, name)
  return withSchema(
    new t.Type<ReadonlyArray<A>, unknown>(
      name,
      (value): value is ReadonlyArray<A> => list.is(value),
      (value, context) =>
        Array.isArray(value) && value.length === 0 ? t.failure(value, context, rule) : list.validate(value, context),
      (values) => values,
    ),
    () => ({ ...schemaOf(list), minItems: 1 }),
  )
}

/** An absolute http or https address, without a slash at its end and without credentials in it. */
export const webAddress: t.Type<string> = new t.Type<string>(
  'an http or https address',
  (value): value is string => typeof value === 'string',
  (value, context) => {
    if (typeof value !== 'string') return t.failure(value, context)
    const address = URL.canParse(value) ? new URL(value) : undefined
    if (address === undefined || !/^https?:$/.test(address.protocol))
      return t.failure(value, context, 'must be an http or https address')
    return address.username === '' && address.password === ''
      ? t.success(value.replace(/\/+$/, ''))
      : t.failure(value, context, 'must not contain credentials')
  },
  (text) => text,
)

/** A record of the given optional and required fields that refuses any other field. */
export const exactly = <R extends t.Props, P extends t.Props>(
  name: string,
  required: R,
  optional: P,
): t.Type<t.TypeOf<t.TypeC<R>> & t.TypeOf<t.PartialC<P>>> => {
  const known = new Set([...Object.keys(required), ...Object.keys(optional)])
  const codec = t.intersection([t.type(required), t.partial(optional)], name)
  const type = new t.Type(
    name,
    (value): value is t.TypeOf<t.TypeC<R>> & t.TypeOf<t.PartialC<P>> => codec.is(value),
    (value, context) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return t.failure(value, context)
      const unknownKeys = Object.keys(value).filter((key) => !known.has(key))
      const unknownFields = unknownKeys.map((key): t.ValidationError => ({
        value: null,
        context: [...context, { key, type: t.never }],
      }))
      const result = codec.validate(value, context)
      if (E.isLeft(result)) return t.failures([...unknownFields, ...result.left])
      return unknownFields.length > 0 ? t.failures(unknownFields) : result
    },
    (value) => value,
  )
  return withSchema(Object.assign(type, { _tag: 'ExactlyType' as const }), () => ({
    ...schemaOf(codec),
    additionalProperties: false,
  }))
}
