import { jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'
import { readJsonObject } from '../http/json-body.ts'
import type { ReceivedRequest } from '../http/received-request.ts'
import type { Route } from '../http/route.ts'
import { readBearer } from '../registry-login/authorization.ts'
import { type AccessQuestion, isAllowedBy, type SimulatedAccount, type SimulatedRule } from './simulated-rbac.ts'

export interface ReviewRouteDeps {
  /** What tokens are for that name no audience. */
  ownAudience: string
  /** Who may send reviews, by token; `false`: known, and without the role `system:auth-delegator`. */
  reviewers: ReadonlyMap<string, boolean>
  accounts: ReadonlyMap<string, SimulatedAccount>
  rules: ReadonlyArray<SimulatedRule>
  now: () => number
  /** In place of a decision, an authorizer that failed. */
  evaluationError: () => string | undefined
  note: (review: Record<string, unknown>) => void
}

const status = (code: number, reason: string, message: string): SimulatedAnswer =>
  jsonAnswer(code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code })

export const notFound = (): SimulatedAnswer =>
  status(404, 'NotFound', 'the server could not find the requested resource')

const texts = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const questionOf = (spec: Record<string, unknown>): AccessQuestion => {
  const attributes = fieldsOf(spec['resourceAttributes'])
  return {
    user: text(spec['user']),
    groups: texts(spec['groups']),
    group: text(attributes['group']),
    resource: text(attributes['resource']),
    subresource: text(attributes['subresource']),
    verb: text(attributes['verb']),
    name: text(attributes['name']),
  }
}

/** Kubernetes' two reviews, as kube-apiserver answers them: 201, the request repeated whole, and a status. */
export const reviewRoutes = (deps: ReviewRouteDeps): ReadonlyArray<Route> => {
  const reviewing =
    (kind: string, decide: (spec: Record<string, unknown>) => Record<string, unknown>): Route['act'] =>
    ({ authorization, body }: ReceivedRequest) => {
      const mayReview = deps.reviewers.get(readBearer(authorization) ?? '')
      if (mayReview === undefined) return status(401, 'Unauthorized', 'Unauthorized')
      if (!mayReview) return status(403, 'Forbidden', `cannot create resource ${kind} at the cluster scope`)
      const review = readJsonObject(body)
      if (typeof review === 'string' || review['kind'] !== kind) return status(400, 'BadRequest', 'bad review')
      deps.note(review)
      const spec = fieldsOf(review['spec'])
      return jsonAnswer(201, { ...review, status: decide(spec) })
    }

  const authenticated = (spec: Record<string, unknown>): Record<string, unknown> => {
    const account = deps.accounts.get(text(spec['token']))
    if (account === undefined || (account.expiresAt ?? Infinity) <= deps.now())
      return { user: {}, error: '[invalid bearer token, token lookup failed]' }
    const asked = texts(spec['audiences'])
    const issued = account.audiences ?? [deps.ownAudience]
    const common = (asked.length === 0 ? [deps.ownAudience] : asked).filter((audience) => issued.includes(audience))
    if (common.length === 0) return { user: {}, error: 'token audiences is invalid for the target audiences' }
    const { username, uid, groups, extra } = account
    return {
      authenticated: true,
      user: { username, uid, groups: [...(groups ?? []), 'system:authenticated'], extra },
      audiences: common,
    }
  }

  const decided = (spec: Record<string, unknown>): Record<string, unknown> => {
    const evaluationError = deps.evaluationError()
    if (evaluationError !== undefined) return { allowed: false, evaluationError }
    return isAllowedBy(deps.rules, questionOf(spec))
      ? { allowed: true, reason: 'RBAC: allowed by ClusterRoleBinding' }
      : { allowed: false }
  }

  return [
    {
      operation: 'tokenReview',
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/tokenreviews',
      act: reviewing('TokenReview', authenticated),
    },
    {
      operation: 'subjectAccessReview',
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      act: reviewing('SubjectAccessReview', decided),
    },
  ]
}
