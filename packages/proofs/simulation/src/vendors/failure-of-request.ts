import type { CallProblem, NotSentOutcome, NoTurn, RefusedOutcome, UnknownOutcome } from '@pull-secret/domain'
import type { OutageProblem } from './outages.ts'

/** A request that brought no answer of the vendor's application. */
export interface Trouble {
  readonly status: 'too_late' | 'lost' | 'throttled' | 'refused' | NoTurn['problem'] | OutageProblem
  readonly retryAfterSeconds?: number
}

export type CallFailure = RefusedOutcome | UnknownOutcome | NotSentOutcome

export const isOutage = (status: string | undefined): status is OutageProblem =>
  status === 'unreachable' || status === 'untrusted_certificate'

const isNoTurn = (status: string): status is NoTurn['problem'] =>
  status === 'budget_spent' || status === 'budget_unavailable'

const refusals: Readonly<Record<string, CallProblem>> = {
  throttled: 'throttled',
  refused: 'request_refused',
  forbidden: 'administrator_refused',
  quota: 'quota',
}

/** What a request that brought nothing makes of the whole call: `isFirst` where nothing was sent before it. */
export const failureOf = (
  { status, retryAfterSeconds }: { readonly status: string; readonly retryAfterSeconds?: number },
  { isFirst, vendorId }: { readonly isFirst: boolean; readonly vendorId?: string },
): CallFailure => {
  if (status === 'too_late')
    return isFirst
      ? { kind: 'not_sent', problem: 'deadline_passed' }
      : { kind: 'unknown', problem: 'timeout', vendorId }
  if (isNoTurn(status))
    return isFirst
      ? { kind: 'not_sent', problem: status, retryAfterSeconds }
      : { kind: 'unknown', problem: status, vendorId }
  if (isOutage(status))
    return isFirst ? { kind: 'not_sent', problem: status } : { kind: 'unknown', problem: status, vendorId }
  if (status === 'lost') return { kind: 'unknown', problem: 'connection_lost', vendorId }
  if (status === 'not_found') return { kind: 'unknown', problem: 'not_found', vendorId }
  return {
    kind: 'refused',
    problem: refusals[status] ?? 'request_refused',
    firstStep: isFirst,
    retryAfterSeconds,
  }
}
