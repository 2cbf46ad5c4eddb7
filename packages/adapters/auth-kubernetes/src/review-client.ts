import type { Failure } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { request } from 'undici'
import { type ClusterConnection, ConnectionFault } from './cluster-connection.ts'

/** Why a review gave no answer; `code` has few values. */
export interface ReviewProblem {
  readonly code: 'reviews_refused' | 'reviews_unavailable' | 'reviews_unreadable' | 'reviews_overloaded'
  /** Names server, status or error code; never an answer, which may hold a token. */
  readonly message: string
}

export type ReviewPath =
  '/apis/authentication.k8s.io/v1/tokenreviews' | '/apis/authorization.k8s.io/v1/subjectaccessreviews'

/** Which of the places a review may take: those kept for callers that were let in before, or the others. */
export type Lane = 'known' | 'new'

export type SendReview = (
  path: ReviewPath,
  review: object,
  lane: Lane,
) => Promise<E.Either<Failure<'ACCESS_UNAVAILABLE'>, unknown>>

export interface ReviewClientDeps {
  readonly connection: ClusterConnection
  readonly onProblem: (problem: ReviewProblem) => void
}

const deadlineMilliseconds = 2000
const retryAfterSeconds = 2
/** More than any review holds. */
const longestAnswerBytes = 1024 * 1024
/** At most so many reviews are under way; a flood of new tokens leaves half of them to known callers. */
const places: Readonly<Record<Lane, number>> = { known: 64, new: 32 }

const unavailable: E.Either<Failure<'ACCESS_UNAVAILABLE'>, never> = E.left({
  code: 'ACCESS_UNAVAILABLE',
  retryAfterSeconds,
})

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code'

const wasLost = (error: unknown): boolean => ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))

/** Sends reviews. Whatever is not an answer is one failure to the caller, and a problem that operators are told of. */
export const makeReviewClient = ({ connection, onProblem }: ReviewClientDeps): SendReview => {
  let underWay = 0

  const fail = (code: ReviewProblem['code'], message: string): E.Either<Failure<'ACCESS_UNAVAILABLE'>, never> => {
    onProblem({ code, message: `${connection.server} ${message}` })
    return unavailable
  }

  const post = async (path: ReviewPath, review: object, signal: AbortSignal) => {
    const { dispatcher, authorization } = await connection.reach()
    return request(`${connection.server}${path}`, {
      dispatcher,
      signal,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify(review),
    })
  }

  /** A kept-alive connection may end in the moment of sending; a review changes nothing and can be sent again. */
  const postAgainIfLost: typeof post = async (path, review, signal) => {
    try {
      return await post(path, review, signal)
    } catch (error) {
      if (!wasLost(error)) throw error
      return post(path, review, signal)
    }
  }

  const exchange = async (
    path: ReviewPath,
    review: object,
  ): Promise<E.Either<Failure<'ACCESS_UNAVAILABLE'>, unknown>> => {
    const signal = AbortSignal.timeout(deadlineMilliseconds)
    const { statusCode, body } = await postAgainIfLost(path, review, signal)
    if (statusCode === 200 || statusCode === 201) {
      const text = await readBounded(body, longestAnswerBytes)
      const answer =
        text === undefined
          ? E.left(undefined)
          : E.tryCatch(
              (): unknown => JSON.parse(text),
              () => undefined,
            )
      return E.isRight(answer) ? answer : fail('reviews_unreadable', 'answered a review with something else')
    }
    await body.dump()
    return statusCode === 401 || statusCode === 403
      ? fail(
          'reviews_refused',
          `refuses our reviews (HTTP ${String(statusCode)}): our account needs system:auth-delegator`,
        )
      : fail('reviews_unavailable', `answered a review with HTTP ${String(statusCode)}`)
  }

  const describe = (error: unknown): string => {
    if (error instanceof ConnectionFault) return `cannot be asked: ${error.message}`
    return error instanceof Error && error.name === 'TimeoutError'
      ? `did not answer a review within ${String(deadlineMilliseconds)} ms`
      : `cannot be reached (${codeOf(error)})`
  }

  return async (path, review, lane) => {
    if (underWay >= places[lane]) return fail('reviews_overloaded', 'has too many of our reviews under way')
    underWay += 1
    try {
      return await exchange(path, review)
    } catch (error) {
      return fail('reviews_unavailable', describe(error))
    } finally {
      underWay -= 1
    }
  }
}

const readBounded = async (body: AsyncIterable<Uint8Array>, longestBytes: number): Promise<string | undefined> => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > longestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
