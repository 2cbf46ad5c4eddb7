import { decode, problem } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { codeOf, errorOfDescription } from './error-of-description.ts'
import type { ServiceAnswer } from './exchange.ts'
import { foreignContentOf } from './foreign-content.ts'
import { PullSecretError } from './pull-secret-error.ts'
import { makeRedactToken } from './redact-token.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** Undefined where the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The same JSON with every text of it redacted, names included. Undefined where the text is not JSON. */
const parseRedacted = (text: string, redact: (text: string) => string): unknown => {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string') return redact(value)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [redact(name), member as unknown]))
    })
  } catch {
    return undefined
  }
}

/** The error that a response reports. An echo of the token is redacted, however it is escaped. */
export const errorOfAnswer = (answer: ServiceAnswer, token: string, now: number): PullSecretError => {
  const { address, status, header, text } = answer
  const seconds = retryAfterSeconds(header('retry-after'), now)
  const decoded = decode(problem, parseRedacted(text, makeRedactToken(token)))
  if (E.isLeft(decoded)) {
    return new PullSecretError(
      codeOf(status),
      `${address} answered with status ${String(status)} and ${foreignContentOf(answer) ?? 'JSON'}, ` +
        'not with a problem document of the service',
      { retryAfterSeconds: seconds, details: { status } },
    )
  }
  const { code, detail, errors, error, trace_id: traceId } = decoded.right
  const description = { status: decoded.right.status, code, symbol: error.code, detail, details: error.details, errors }
  return errorOfDescription({ ...description, retryAfterSeconds: seconds }, traceId)
}
