import type { AccessPolicy, AccessRequest, Clock, Failure, Subject } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { allowMilliseconds, denyMilliseconds } from './kubernetes-authenticator.ts'
import type { SendReview } from './review-client.ts'
import { accessReviewOf, readAccessReview, type ResourceAttributes } from './reviews-wire.ts'
import { makeVerdictCache, type Verdict } from './verdict-cache.ts'

export interface KubernetesPolicyDeps {
  readonly send: SendReview
  readonly clock: Pick<Clock, 'monotonic'>
  /** An authorizer of the API server failed, or the answer made no sense. */
  readonly onUndecided: (why: 'undecided' | 'unreadable') => void
}

const group = 'hyperfleet.io'
const cachedVerdicts = 50_000

const unavailable: Failure<'ACCESS_UNAVAILABLE'> = { code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 2 }

/** What concerns a cluster is it or a subresource of it, by its name, so that `resourceNames` can grant one alone. */
export const resourceAttributesOf = ({ verb, resource, clusterId }: AccessRequest): ResourceAttributes => {
  if (clusterId === undefined) return { group, resource, verb }
  return resource === 'clusters'
    ? { group, resource, verb, name: clusterId }
    : { group, resource: 'clusters', subresource: resource, verb, name: clusterId }
}

/** Asks a Kubernetes API server, that is its RBAC rules, what a caller may do. */
export const makeKubernetesPolicy = ({ send, clock, onUndecided }: KubernetesPolicyDeps): AccessPolicy => {
  const cache = makeVerdictCache<Failure<'ACCESS_UNAVAILABLE'>, boolean>((isAllowed) => isAllowed, {
    size: cachedVerdicts,
    monotonic: clock.monotonic,
  })

  const verdictOn = (answer: unknown): E.Either<Failure<'ACCESS_UNAVAILABLE'>, Verdict<boolean>> => {
    const found = readAccessReview(answer)
    switch (found) {
      case 'allowed':
        return E.right({ value: true, keepMilliseconds: allowMilliseconds })
      case 'denied':
        return E.right({ value: false, keepMilliseconds: denyMilliseconds })
      case 'undecided':
      case 'unreadable':
        onUndecided(found)
        return E.left(unavailable)
    }
  }

  const authorize = async (
    subject: Subject,
    request: AccessRequest,
  ): Promise<E.Either<Failure<'NOT_ALLOWED' | 'ACCESS_UNAVAILABLE'>, void>> => {
    const review = accessReviewOf(subject, resourceAttributesOf(request))
    const allowed = await cache.get([review], async () => {
      const sent = await send('/apis/authorization.k8s.io/v1/subjectaccessreviews', review, 'known')
      return E.isLeft(sent) ? sent : verdictOn(sent.right)
    })
    if (E.isLeft(allowed)) return allowed
    return allowed.right
      ? E.right(undefined)
      : E.left({ code: 'NOT_ALLOWED', verb: request.verb, resource: request.resource })
  }

  return { authorize: (subject, request) => () => authorize(subject, request) }
}
