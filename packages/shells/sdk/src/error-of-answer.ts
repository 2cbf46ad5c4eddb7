import { decode, problem } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { codeOf, errorOfDescription } from './error-of-description.ts'
import type { ServiceAnswer } from './exchange.ts'
import { PullSecretError } from './pull-secret-error.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** Undefined where the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The error that an answer tells of. An echo of the token is not repeated. */
export const errorOfAnswer = ({ status, header, text }: ServiceAnswer, token: string, now: number): PullSecretError => {
  const seconds = retryAfterSeconds(header('retry-after'), now)
  const told = decode(problem, parseJson(text.replaceAll(token, '[redacted]')))
  if (E.isLeft(told)) {
    return new PullSecretError(
      codeOf(status),
      `The answer has status ${String(status)} and is not a problem document of this service`,
      { retryAfterSeconds: seconds, details: { status } },
    )
  }
  const { code, detail, errors, error, trace_id: traceId } = told.right
  const said = { status: told.right.status, code, symbol: error.code, detail, details: error.details, errors }
  return errorOfDescription({ ...said, retryAfterSeconds: seconds }, traceId)
}
