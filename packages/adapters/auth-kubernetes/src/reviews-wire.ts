import { type Codec, decode } from '@pull-secret/decoding'
import type { Subject } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isUsableName } from './usable-name.ts'

const texts = t.readonlyArray(t.string)

/**
 * The part of a TokenReview that counts (authentication.k8s.io/v1). A rejected token is answered with 201 and no
 * `authenticated`. The answer repeats the token in `spec`, so it is never logged and only this much is read.
 */
const tokenReview = t.type({
  kind: t.literal('TokenReview'),
  status: t.partial({
    authenticated: t.boolean,
    user: t.partial({
      username: t.string,
      uid: t.string,
      groups: t.union([texts, t.null]),
      extra: t.union([t.record(t.string, texts), t.null]),
    }),
    audiences: t.union([texts, t.null]),
  }),
})

/** The part of a SubjectAccessReview that counts (authorization.k8s.io/v1). */
const accessReview = t.type({
  kind: t.literal('SubjectAccessReview'),
  status: t.intersection([t.type({ allowed: t.boolean }), t.partial({ denied: t.boolean, evaluationError: t.string })]),
})

export const tokenReviewOf = (token: string, audiences: ReadonlyArray<string>): object => ({
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'TokenReview',
  spec: { token, ...(audiences.length === 0 ? {} : { audiences }) },
})

export interface ResourceAttributes {
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly verb: string
  readonly name?: string
}

export const accessReviewOf = (
  { name, groups, uid, extra }: Subject,
  resourceAttributes: ResourceAttributes,
): object => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SubjectAccessReview',
  spec: { resourceAttributes, user: name, groups, uid, extra },
})

/**
 * Whoever the token belongs to, nobody, somebody whose token is for others than us, or an answer that makes no sense.
 */
export type TokenVerdict =
  | { readonly kind: 'accepted'; readonly subject: Subject }
  | { readonly kind: 'refused' }
  | { readonly kind: 'for others'; readonly name: string }
  | { readonly kind: 'unreadable' }

const readAs = <A>(codec: Codec<A>, answer: unknown): A | undefined => {
  const decoded = decode(codec, answer)
  return E.isRight(decoded) ? decoded.right : undefined
}

/** `asked`: the audiences of the review; the token has to be for one of them. */
export const readTokenReview = (answer: unknown, asked: ReadonlyArray<string>): TokenVerdict => {
  const review = readAs(tokenReview, answer)
  if (review === undefined) return { kind: 'unreadable' }
  const { authenticated, user, audiences } = review.status
  if (authenticated !== true) return { kind: 'refused' }
  if (!isUsableName(user?.username)) return { kind: 'unreadable' }
  const { username: name, groups, uid, extra } = user
  if (asked.length > 0 && !asked.some((audience) => audiences?.includes(audience))) return { kind: 'for others', name }
  return {
    kind: 'accepted',
    subject: {
      name,
      groups: groups ?? [],
      ...(uid === undefined ? {} : { uid }),
      ...(extra === undefined || extra === null ? {} : { extra }),
    },
  }
}

/** An authorizer that failed without deciding has said neither yes nor no. */
export type AccessVerdict = 'allowed' | 'denied' | 'undecided' | 'unreadable'

export const readAccessReview = (answer: unknown): AccessVerdict => {
  const review = readAs(accessReview, answer)
  if (review === undefined) return 'unreadable'
  const { allowed, denied, evaluationError = '' } = review.status
  if (allowed) return denied === true ? 'denied' : 'allowed'
  return denied !== true && evaluationError !== '' ? 'undecided' : 'denied'
}
