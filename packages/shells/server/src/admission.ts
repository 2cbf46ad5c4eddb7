import { secretText } from '@pull-secret/composition'
import type { AccessPolicy, AccessRequest, Authenticator, Failure, Subject } from '@pull-secret/domain'
import type { AnsweredError } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AnswerCall, AnswerForCluster, AnswerSubject, Call } from './call.ts'

export interface AdmissionDeps {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
}

/** What a route asks of its caller. */
export type Permission = Pick<AccessRequest, 'verb' | 'resource'>

/** Lets callers in before their request is looked at any closer. */
export interface Admission {
  readonly toFleet: (permission: Permission, answer: AnswerSubject) => AnswerCall
  readonly toCluster: (permission: Permission, answer: AnswerForCluster) => AnswerCall
}

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i

const authenticated = ({ authenticator }: AdmissionDeps, { headers }: Call): TE.TaskEither<AnsweredError, Subject> => {
  const { authorization = '' } = headers
  if (!/^Bearer( |$)/i.test(authorization))
    return TE.left<Failure<'NOT_AUTHENTICATED'>>({ code: 'NOT_AUTHENTICATED', reason: 'missing' })
  const token = bearer.exec(authorization)?.[1]
  return token === undefined
    ? TE.left<Failure<'NOT_AUTHENTICATED'>>({ code: 'NOT_AUTHENTICATED', reason: 'invalid' })
    : authenticator.authenticate(secretText(token))
}

const badClusterId: AnsweredError = {
  code: 'INVALID_INPUT',
  field: 'cluster_id',
  rule: 'format',
  message: 'cluster_id is not of a form that this deployment takes',
}

export const makeAdmission = (deps: AdmissionDeps): Admission => {
  const allowed = (subject: Subject, request: AccessRequest): TE.TaskEither<AnsweredError, void> =>
    deps.policy.authorize(subject, request)
  return {
    toFleet: (permission, answer) => (call) =>
      pipe(
        authenticated(deps, call),
        TE.flatMap((subject) =>
          pipe(
            allowed(subject, permission),
            TE.flatMap(() => answer(call, subject)),
          ),
        ),
      ),
    toCluster: (permission, answer) => (call) =>
      pipe(
        authenticated(deps, call),
        TE.flatMap((subject) => {
          const { clusterId } = call
          return clusterId === undefined
            ? TE.left(badClusterId)
            : pipe(
                allowed(subject, { ...permission, clusterId }),
                TE.flatMap(() => answer(call, subject, clusterId)),
              )
        }),
      ),
  }
}
