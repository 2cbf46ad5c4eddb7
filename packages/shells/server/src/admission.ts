import { badClusterId, type RequestLimits } from '@pull-secret/api'
import type { AccessPolicy, Clock, Failure, RefusedCaller, RefusedRequest, Subject } from '@pull-secret/domain'
import type { AnsweredError, Operation } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AnswerCall, AnswerSubject, Call } from './call.ts'
import type { IdentifyCaller } from './identify-caller.ts'
import { limitHeaders, rateLimited } from './limits/limited-answer.ts'
import type { Standing } from './limits/quotas.ts'
import type { RateLimits } from './limits/rate-limits.ts'

export interface AdmissionDeps {
  readonly identifyCaller: IdentifyCaller
  readonly rateLimits: Pick<RateLimits, 'ofSubject'>
  readonly policy: AccessPolicy
  readonly limits: RequestLimits
  readonly clock: Pick<Clock, 'now'>
  /** Told of every request that is refused to somebody whose name is known. */
  readonly noteRefusal: (refused: RefusedRequest) => IO<void>
}

type AdmittedOperation = Pick<Operation, 'path' | 'permission' | 'limitClass'>

/** Lets callers in who may do what an operation does, before their request is looked at any closer. */
export type Admit = (operation: AdmittedOperation, answer: AnswerSubject) => AnswerCall

const anonymous: Subject = { name: 'anonymous' }

const doNothing: IO<void> = () => undefined

const isKnownCaller = (
  error: AnsweredError,
): error is Failure<'NOT_AUTHENTICATED'> & { readonly caller: RefusedCaller } =>
  error.code === 'NOT_AUTHENTICATED' && error.caller !== undefined

export const makeAdmit =
  ({ identifyCaller, rateLimits, policy, limits, clock, noteRefusal }: AdmissionDeps): Admit =>
  ({ path, permission, limitClass }, answer) => {
    if (permission === 'anonymous') return (call) => answer(call, anonymous)
    const concernsCluster = path.includes('{cluster_id}')
    const authorized = (subject: Subject, { clusterId }: Call): TE.TaskEither<AnsweredError, void> =>
      concernsCluster && clusterId === undefined
        ? TE.left(badClusterId(limits))
        : policy.authorize(subject, concernsCluster ? { ...permission, clusterId } : permission)
    const noteRefused = ({ clusterId, traceId }: Call, caller: RefusedCaller): IO<void> =>
      noteRefusal({ caller, request: { ...permission, clusterId }, traceId })
    const tellOf =
      ({ addHeaders }: Call) =>
      (standing: Standing): IO<void> =>
        limitClass === 'exempt' ? doNothing : addHeaders(limitHeaders(standing, clock.now()))
    /** Counted before anybody is asked what the caller may do: a refusal costs nobody anything. */
    const withinLimit = ({ name }: Subject, call: Call): TE.TaskEither<AnsweredError, void> =>
      limitClass === 'exempt'
        ? TE.right(undefined)
        : pipe(
            TE.fromIO(rateLimits.ofSubject(limitClass, name)),
            TE.tapIO(tellOf(call)),
            TE.flatMap((standing) => (standing.isGranted ? TE.right(undefined) : TE.left(rateLimited(standing)))),
          )
    return (call) =>
      pipe(
        identifyCaller(call, tellOf(call)),
        TE.tapError((error) => TE.fromIO(isKnownCaller(error) ? noteRefused(call, error.caller) : doNothing)),
        TE.flatMap((subject) =>
          pipe(
            withinLimit(subject, call),
            TE.flatMap(() => authorized(subject, call)),
            TE.tapError(({ code }) =>
              TE.fromIO(code === 'NOT_ALLOWED' ? noteRefused(call, { name: subject.name, isProven: true }) : doNothing),
            ),
            TE.flatMap(() => answer(call, subject)),
          ),
        ),
      )
  }
