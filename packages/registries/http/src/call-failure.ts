import type { Instant, NotSentOutcome, RefusedOutcome, UnknownOutcome } from '@pull-secret/domain'
import { failureOfAnswer } from './failure-of-answer.ts'
import type { HttpResult } from './http-message.ts'

/** Every way in which a call can fail to give what was asked. */
export type CallFailure = RefusedOutcome | UnknownOutcome | NotSentOutcome

const failures: ReadonlySet<unknown> = new Set<CallFailure['kind']>(['refused', 'unknown', 'not_sent'])

/**
 * A file that the configuration names cannot be used. As with a refusal, the next attempt is not within seconds:
 * nothing but a hand on the file helps, and a caller is told at once instead of after all its patience.
 */
export const fileUnusable: NotSentOutcome = { kind: 'not_sent', problem: 'file_unusable', retryAfterSeconds: 30 }

/** What a result means that is not the wanted one. */
export const failureOfResult = (result: HttpResult, now: Instant): CallFailure =>
  result.kind === 'answered' ? failureOfAnswer(result, now) : result

/** Tells a failure from what a call was asked for. */
export const isCallFailure = (found: unknown): found is CallFailure =>
  typeof found === 'object' && found !== null && 'kind' in found && failures.has(found.kind)
