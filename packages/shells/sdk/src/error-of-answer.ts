import { decode, problem } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { codeOf, errorOfProblem } from './error-of-problem.ts'
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
  return E.isRight(told)
    ? errorOfProblem(told.right, seconds)
    : new PullSecretError(
        codeOf(status),
        `The answer has status ${String(status)} and is no problem that the service would tell`,
        { retryAfterSeconds: seconds, details: { status } },
      )
}
