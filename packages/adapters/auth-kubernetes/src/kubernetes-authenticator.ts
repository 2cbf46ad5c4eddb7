import type { Authenticator, Clock, Failure, RefusedCaller, SecretText, Subject } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { SendReview } from './review-client.ts'
import { readTokenReview, tokenReviewOf } from './reviews-wire.ts'
import { statedExpiry, statedSubject } from './stated-claims.ts'
import { makeVerdictCache, type Verdict, type VerdictCache } from './verdict-cache.ts'

export interface KubernetesAuthenticatorDeps {
  readonly send: SendReview
  readonly clock: Pick<Clock, 'now'>
  /** The token has to be for one of them; none: for the API server itself. */
  readonly audiences: ReadonlyArray<string>
  /** Authenticators may share them, whatever their audiences. */
  readonly verdicts: TokenVerdicts
  readonly onUnreadable: () => void
}

type Refusal = Failure<'NOT_AUTHENTICATED'>
type Answer = Refusal | Subject

export type TokenVerdicts = VerdictCache<Failure<'ACCESS_UNAVAILABLE'>, Answer>

export const allowMilliseconds = 10_000
export const denyMilliseconds = 2_000
const cachedTokens = 20_000

const unavailable: Failure<'ACCESS_UNAVAILABLE'> = { code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 2 }

const statedCaller = (token: string): RefusedCaller | undefined => {
  const name = statedSubject(token)
  return name === undefined ? undefined : { name, isProven: false }
}

const isSubject = (answer: Answer): answer is Subject => !('code' in answer)

export const makeTokenVerdicts = ({ monotonic }: Pick<Clock, 'monotonic'>): TokenVerdicts =>
  makeVerdictCache(isSubject, { size: cachedTokens, monotonic })

/** Asks a Kubernetes API server who holds a token. The token is kept nowhere: a verdict is found by its hash. */
export const makeKubernetesAuthenticator = ({
  send,
  clock,
  audiences,
  verdicts,
  onUnreadable,
}: KubernetesAuthenticatorDeps): Authenticator => {
  const lifeLeft = (expiresAt: number | undefined): number => (expiresAt ?? Infinity) - clock.now()

  const verdictOn = (token: string, answer: unknown): E.Either<Failure<'ACCESS_UNAVAILABLE'>, Verdict<Answer>> => {
    const found = readTokenReview(answer, audiences)
    const left = lifeLeft(statedExpiry(token))
    const refusedTo = (caller: RefusedCaller | undefined): Verdict<Answer> => ({
      value: {
        code: 'NOT_AUTHENTICATED',
        reason: left <= 0 ? 'expired' : 'invalid',
        ...(caller === undefined ? {} : { caller }),
      },
      keepMilliseconds: denyMilliseconds,
    })
    switch (found.kind) {
      case 'unreadable':
        onUnreadable()
        return E.left(unavailable)
      case 'refused':
        return E.right(refusedTo(statedCaller(token)))
      case 'for others':
        return E.right(refusedTo({ name: found.name, isProven: true }))
      case 'accepted':
        return E.right({ value: found.subject, keepMilliseconds: Math.min(allowMilliseconds, left) })
    }
  }

  const authenticate = async (
    text: string,
  ): Promise<E.Either<Failure<'NOT_AUTHENTICATED' | 'ACCESS_UNAVAILABLE'>, Subject>> => {
    if (text === '') return E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' })
    const answer = await verdicts.get([text, audiences], async (lane) => {
      const sent = await send('/apis/authentication.k8s.io/v1/tokenreviews', tokenReviewOf(text, audiences), lane)
      return E.isLeft(sent) ? sent : verdictOn(text, sent.right)
    })
    if (E.isLeft(answer)) return answer
    return isSubject(answer.right) ? E.right(answer.right) : E.left(answer.right)
  }

  return { authenticate: (token: SecretText) => () => authenticate(token.reveal()) }
}
