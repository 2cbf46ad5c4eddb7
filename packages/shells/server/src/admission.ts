import { badClusterId, type RequestLimits } from '@pull-secret/api'
import {
  type AccessPolicy,
  type Authenticator,
  type Failure,
  type RefusedCaller,
  type RefusedRequest,
  secretText,
  type Subject,
} from '@pull-secret/domain'
import type { AnsweredError, Operation } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AnswerCall, AnswerSubject, Call } from './call.ts'

export interface AdmissionDeps {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
  readonly limits: RequestLimits
  /** Told of every request that is refused to somebody whose name is known. */
  readonly noteRefusal: (refused: RefusedRequest) => IO<void>
}

/** Lets callers in who may do what an operation does, before their request is looked at any closer. */
export type Admit = (operation: Pick<Operation, 'path' | 'permission'>, answer: AnswerSubject) => AnswerCall

const anonymous: Subject = { name: 'anonymous' }

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

const doNothing: IO<void> = () => undefined

const isKnownCaller = (
  error: AnsweredError,
): error is Failure<'NOT_AUTHENTICATED'> & { readonly caller: RefusedCaller } =>
  error.code === 'NOT_AUTHENTICATED' && error.caller !== undefined

export const makeAdmit =
  (deps: AdmissionDeps): Admit =>
  ({ path, permission }, answer) => {
    if (permission === 'anonymous') return (call) => answer(call, anonymous)
    const concernsCluster = path.includes('{cluster_id}')
    const authorized = (subject: Subject, { clusterId }: Call): TE.TaskEither<AnsweredError, void> =>
      concernsCluster && clusterId === undefined
        ? TE.left(badClusterId(deps.limits))
        : deps.policy.authorize(subject, concernsCluster ? { ...permission, clusterId } : permission)
    const noteRefused = ({ clusterId, traceId }: Call, caller: RefusedCaller): IO<void> =>
      deps.noteRefusal({ caller, request: { ...permission, clusterId }, traceId })
    return (call) =>
      pipe(
        authenticated(deps, call),
        TE.tapError((error) => TE.fromIO(isKnownCaller(error) ? noteRefused(call, error.caller) : doNothing)),
        TE.flatMap((subject) =>
          pipe(
            authorized(subject, call),
            TE.tapError(({ code }) =>
              TE.fromIO(code === 'NOT_ALLOWED' ? noteRefused(call, { name: subject.name, isProven: true }) : doNothing),
            ),
            TE.flatMap(() => answer(call, subject)),
          ),
        ),
      )
  }
