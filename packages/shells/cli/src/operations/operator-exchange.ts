import type { SecretText } from '@pull-secret/domain'
import { decode, problem } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failing/command-failure.ts'
import { failureOfSdk, isSdkCode } from '../failing/sdk-failure.ts'
import type { Answer } from './operations.ts'

export interface OperatorExchangeDeps {
  readonly baseUrl: string
  readonly token: SecretText
}

export interface OperatorRequest<A> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly codec: Parameters<typeof decode<A>>[0]
  readonly timeoutSeconds: number
}

const noSuchRoute = 'HYPERFLEET-NTF-000'

const unexpected = (what: string): E.Either<CommandFailure, never> =>
  E.left(failureOfSdk('UNEXPECTED_ANSWER', `the server gave ${what}`))

const refusalOf = (status: number, body: unknown): E.Either<CommandFailure, never> => {
  const told = decode(problem, body)
  if (E.isLeft(told) || told.right.code === noSuchRoute)
    return unexpected(`the status ${String(status)} and no problem of this service`)
  const { error, detail, trace_id: traceId } = told.right
  return isSdkCode(error.code)
    ? E.left(failureOfSdk(error.code, detail, { details: error.details, traceId }))
    : unexpected(`a problem that is not known here: ${error.code}`)
}

/**
 * A call of the operators' part of the API, which the SDK leaves out. An unknown error's text is dropped: it may hold
 * the token.
 */
export const makeOperatorExchange =
  ({ baseUrl, token }: OperatorExchangeDeps) =>
  async <A>({ method, path, codec, timeoutSeconds }: OperatorRequest<A>): Answer<A> => {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000)
    try {
      const answer = await fetch(`${baseUrl}${path}`, {
        method,
        signal,
        headers: { accept: 'application/json', authorization: `Bearer ${token.reveal()}` },
      })
      const body: unknown = await answer.json().catch(() => undefined)
      if (!answer.ok) return refusalOf(answer.status, body)
      const decoded = decode(codec, body)
      return E.isRight(decoded) ? decoded : unexpected('an answer of another form')
    } catch {
      return E.left(
        signal.aborted
          ? failureOfSdk('TIMED_OUT', `${baseUrl} did not answer within ${String(timeoutSeconds)} s`)
          : failureOfSdk('CONNECTION_FAILED', `no connection to ${baseUrl}`),
      )
    }
  }
