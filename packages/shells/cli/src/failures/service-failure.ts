import type { PullSecretErrorCode } from '@pull-secret/sdk'
import { onOneLine } from '../output/harmless.ts'
import type { CommandFailure } from './command-failure.ts'
import type { ExitName } from './exit-codes.ts'
import { type FailureDetails, fieldsOf, hintWith, messageWith } from './failure-details.ts'

interface Row {
  readonly exit: ExitName
  readonly hint: string
}

const retryLater = 'retry the same command later; pull-secret doctor checks what is unavailable'
const checkUrl = 'check the address given with --server or HYPERFLEET_PULL_SECRET_SERVER; it must not end with /v1'

/** Total: a code of the SDK without a row does not compile. */
const rows: Readonly<Record<PullSecretErrorCode, Row>> = {
  INVALID_REQUEST: { exit: 'usage', hint: 'correct what the message names; --help describes every value' },
  UNAUTHORIZED: { exit: 'access', hint: 'provide a valid token with --token-file' },
  FORBIDDEN: { exit: 'access', hint: 'request the permission, or use a token that has it' },
  NOT_FOUND: { exit: 'notFound', hint: 'pull-secret generate CLUSTER creates its pull secret' },
  CONFLICT: { exit: 'conflict', hint: 'check the incarnation with pull-secret get CLUSTER' },
  CLUSTER_DELETING: {
    exit: 'conflict',
    hint: 'wait until the deletion is complete: pull-secret delete CLUSTER --wait',
  },
  CLUSTER_DELETED: {
    exit: 'conflict',
    hint: 'recreate the cluster with pull-secret generate CLUSTER --recreate {incarnation}',
  },
  CLUSTER_BANNED: {
    exit: 'conflict',
    hint: 'pull-secret audit list --action ban --cluster CLUSTER says who banned it',
  },
  ROTATION_IN_PROGRESS: { exit: 'conflict', hint: 'wait until the rotation is complete' },
  RATE_LIMIT_EXCEEDED: { exit: 'unavailable', hint: 'too many requests: retry in {retry_after} seconds' },
  SERVICE_UNAVAILABLE: { exit: 'unavailable', hint: retryLater },
  UPSTREAM_TIMEOUT: {
    exit: 'unavailable',
    hint: 'the service continues in the background: retry later; pull-secret registries check shows failing registries',
  },
  INTERNAL_ERROR: { exit: 'internal', hint: 'check the log of the service' },
  CONNECTION_FAILED: { exit: 'unavailable', hint: checkUrl },
  TIMED_OUT: { exit: 'unavailable', hint: retryLater },
  UNEXPECTED_ANSWER: { exit: 'internal', hint: checkUrl },
  START_FAILED: { exit: 'internal', hint: retryLater },
  CLOSED: { exit: 'internal', hint: retryLater },
}

const registriesHint = 'correct the value; pull-secret registries list shows the configured registries'

const hintOf = (code: PullSecretErrorCode, details: FailureDetails): string =>
  code === 'INVALID_REQUEST' && fieldsOf(details).some((field) => field.startsWith('registr'))
    ? registriesHint
    : hintWith(rows[code].hint, details)

export interface ServiceFailureParts {
  readonly retryAfterSeconds?: number
  readonly details?: FailureDetails
  readonly traceId?: string
}

export const failureOfService = (
  code: PullSecretErrorCode,
  message: string,
  { retryAfterSeconds, details = {}, traceId }: ServiceFailureParts = {},
): CommandFailure => {
  return {
    code,
    exit: rows[code].exit,
    message: messageWith(onOneLine(message), details),
    hint: hintOf(code, details),
    retryAfterSeconds,
    traceId: traceId === undefined ? undefined : onOneLine(traceId),
  }
}
