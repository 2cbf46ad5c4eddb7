import { decode, type Operation } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { parseJson } from './error-of-answer.ts'
import type { ServiceAnswer } from './exchange.ts'
import { foreignContentOf } from './foreign-content.ts'
import { PullSecretError } from './pull-secret-error.ts'
import { makeRedactToken } from './redact-token.ts'

/** The length of a field's name that a message repeats. Names may come from the server. */
const longestField = 100

interface Fault {
  readonly field: string
  readonly rule: string
}

/** One fault is enough to recognize a stranger. The names of types mean nothing to who reads the message. */
const describeFault = ({ field, rule }: Fault, redact: (text: string) => string): string =>
  field === '' ? '' : ` (${redact(field).slice(0, longestField)} is ${rule === 'required' ? rule : 'invalid'})`

const unexpected = ({ address }: ServiceAnswer, content: string): PullSecretError =>
  new PullSecretError('UNEXPECTED_ANSWER', `${address} answered with ${content}: is this the address of the service?`)

/**
 * The body of a successful answer; undefined where the operation has none.
 *
 * @throws PullSecretError `UNEXPECTED_ANSWER` for what the service does not write; an echo of the token is redacted
 */
export const bodyOfAnswer = ({ answers }: Operation, answer: ServiceAnswer, token: string): unknown => {
  const codec = answers[answer.status]
  if (codec === undefined || codec.is(undefined)) return undefined
  const foreign = foreignContentOf(answer)
  if (foreign !== undefined) throw unexpected(answer, foreign)
  const json = parseJson(answer.text)
  if (json === undefined) throw unexpected(answer, 'JSON that cannot be read')
  const body = decode<unknown>(codec, json)
  if (E.isRight(body)) return body.right
  const [fault = { field: '', rule: 'invalid' }] = body.left
  throw unexpected(answer, `JSON that is not ${codec.name}${describeFault(fault, makeRedactToken(token))}`)
}
