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

/** The error that a response reports. An echo of the token is redacted. */
export const errorOfAnswer = ({ status, header, text }: ServiceAnswer, token: string, now: number): PullSecretError => {
  const seconds = retryAfterSeconds(header('retry-after'), now)
  const decoded = decode(problem, parseJson(text.replaceAll(token, '[redacted]')))
  if (E.isLeft(decoded)) {
    return new PullSecretError(
      codeOf(status),
      `The response has status ${String(status)} and is not a problem document of this service`,
      { retryAfterSeconds: seconds, details: { status } },
    )
  }
  const { code, detail, errors, error, trace_id: traceId } = decoded.right
  const description = { status: decoded.right.status, code, symbol: error.code, detail, details: error.details, errors }
  return errorOfDescription({ ...description, retryAfterSeconds: seconds }, traceId)
}
