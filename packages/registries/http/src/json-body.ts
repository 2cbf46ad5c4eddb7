import { decode } from '@pull-secret/decoding'
import { SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { HttpAnswer } from './http-message.ts'

/** Text of an answer that nobody may print, from the moment it is decoded. */
export const secret: t.Type<SecretText, never> = new t.Type<SecretText, never>(
  'a secret',
  (value): value is SecretText => value instanceof SecretText,
  (value, context) =>
    typeof value === 'string' && value !== '' ? t.success(secretText(value)) : t.failure(value, context),
  () => {
    throw new TypeError('a secret is never encoded')
  },
)

/** The body as its codec reads it; `undefined` where it is not JSON or does not fit. */
export const decodeBody = <A>(codec: t.Decoder<unknown, A>, answer: HttpAnswer): A | undefined =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(answer.body),
      () => undefined,
    ),
    E.flatMap((value) => decode(codec, value)),
    E.getOrElseW(() => undefined),
  )
