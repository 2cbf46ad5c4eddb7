import type { Failure } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { request } from 'undici'
import { type ClusterConnection, ConnectionFault } from './cluster-connection.ts'
import { type Lane, type LaneSize, makeReviewPlaces } from './review-places.ts'

/** Why a review gave no answer; `code` has few values. */
export interface ReviewProblem {
  readonly code:
    'account_unknown' | 'reviews_refused' | 'reviews_unavailable' | 'reviews_unreadable' | 'reviews_overloaded'
  /** Names server, status or error code; never an answer, which may hold a token. */
  readonly message: string
}

export type ReviewPath =
  '/apis/authentication.k8s.io/v1/tokenreviews' | '/apis/authorization.k8s.io/v1/subjectaccessreviews'

export type SendReview = (
  path: ReviewPath,
  review: object,
  lane: Lane,
) => Promise<E.Either<Failure<'ACCESS_UNAVAILABLE'>, unknown>>

export interface ReviewClientDeps {
  readonly connection: ClusterConnection
  readonly onProblem: (problem: ReviewProblem) => void
  /** How long a review may take, waiting for a place included. Default: 1.2 s. */
  readonly reviewMilliseconds?: number | undefined
}

/** A request needs two reviews at most, and is answered within 2.5 s. */
const usualMilliseconds = 1200
const retryAfterSeconds = 2
/** More than any review holds. */
const longestAnswerBytes = 1024 * 1024
/** A flood of new tokens fills its own places and its own queue, and nothing else. */
const lanes: Readonly<Record<Lane, LaneSize>> = {
  known: { places: 48, waiting: 2000 },
  new: { places: 16, waiting: 256 },
}

const unavailable: E.Either<Failure<'ACCESS_UNAVAILABLE'>, never> = E.left({
  code: 'ACCESS_UNAVAILABLE',
  retryAfterSeconds,
})

export const unreadableReview = (server: string): ReviewProblem => ({
  code: 'reviews_unreadable',
  message: `${server} answered a review with something else`,
})

const lateAnswer = new Error('no answer in time')

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code'

const wasLost = (error: unknown): boolean => ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))

/** Sends reviews. Whatever is not an answer is one failure to the caller, and a problem that operators are told of. */
export const makeReviewClient = ({
  connection,
  onProblem,
  reviewMilliseconds = usualMilliseconds,
}: ReviewClientDeps): SendReview => {
  const places = makeReviewPlaces(lanes)

  const tell = (problem: ReviewProblem): E.Either<Failure<'ACCESS_UNAVAILABLE'>, never> => {
    onProblem(problem)
    return unavailable
  }
  const fail = (code: ReviewProblem['code'], what: string): E.Either<Failure<'ACCESS_UNAVAILABLE'>, never> =>
    tell({ code, message: `${connection.server} ${what}` })

  const post = async (path: ReviewPath, review: object, signal: AbortSignal) => {
    const { dispatcher, authorization } = await connection.reach(signal)
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
    signal: AbortSignal,
  ): Promise<E.Either<Failure<'ACCESS_UNAVAILABLE'>, unknown>> => {
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
      return E.isRight(answer) ? answer : tell(unreadableReview(connection.server))
    }
    await body.dump()
    const status = `HTTP ${String(statusCode)}`
    switch (statusCode) {
      case 401:
        return fail('account_unknown', `does not know our account (${status}): its token is wrong or expired`)
      case 403:
        return fail('reviews_refused', `refuses our reviews (${status}): our account needs system:auth-delegator`)
      default:
        return fail('reviews_unavailable', `answered a review with ${status}`)
    }
  }

  const describe = (error: unknown): string => {
    if (error instanceof ConnectionFault) return `cannot be asked: ${error.message}`
    return error === lateAnswer
      ? `did not answer a review within ${String(reviewMilliseconds)} ms`
      : `cannot be reached (${codeOf(error)})`
  }

  return async (path, review, lane) => {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(lateAnswer), reviewMilliseconds)
    const give = await places.take(lane, deadline.signal)
    try {
      return give === undefined
        ? fail('reviews_overloaded', 'answers our reviews more slowly than they come')
        : await exchange(path, review, deadline.signal)
    } catch (error) {
      return fail('reviews_unavailable', describe(error))
    } finally {
      // A timer that went on would hold the whole exchange: in a flood, thousands of them.
      clearTimeout(timer)
      give?.()
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
