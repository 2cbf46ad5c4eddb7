import type { PullSecretErrorCode } from '@pull-secret/sdk'
import type { CommandFailure } from './command-failure.ts'
import type { ExitName } from './exit-codes.ts'
import { type FailureDetails, hintWith, messageWith } from './failure-details.ts'

interface Row {
  readonly exit: ExitName
  readonly hint: string
}

const tryAgain = 'run the same command again later; nothing is lost'
const checkUrl = 'check the address after --server, without /v1'

/** Total: a code of the SDK without a row does not compile. */
const rows: Readonly<Record<PullSecretErrorCode, Row>> = {
  INVALID_REQUEST: {
    exit: 'usage',
    hint: 'correct the value; pull-secret registries list shows the registries there are',
  },
  UNAUTHORIZED: { exit: 'access', hint: 'name a valid token with --token-file' },
  FORBIDDEN: { exit: 'access', hint: 'ask for the permission, or use a token that has it' },
  NOT_FOUND: { exit: 'notFound', hint: 'pull-secret generate CLUSTER makes one' },
  CONFLICT: { exit: 'conflict', hint: 'pull-secret get CLUSTER shows its incarnation' },
  CLUSTER_DELETING: { exit: 'conflict', hint: 'wait until the deletion is done: pull-secret delete CLUSTER --wait' },
  CLUSTER_DELETED: {
    exit: 'conflict',
    hint: 'to let it live again, name its incarnation: pull-secret generate CLUSTER --recreate {incarnation}',
  },
  CLUSTER_BANNED: { exit: 'conflict', hint: 'ask who banned it' },
  ROTATION_IN_PROGRESS: { exit: 'conflict', hint: 'wait until the rotation is done' },
  RATE_LIMIT_EXCEEDED: { exit: 'unavailable', hint: tryAgain },
  SERVICE_UNAVAILABLE: { exit: 'unavailable', hint: tryAgain },
  UPSTREAM_TIMEOUT: {
    exit: 'unavailable',
    hint: 'the service goes on: run the same command again; pull-secret registries check shows which registry refuses the service',
  },
  INTERNAL_ERROR: { exit: 'internal', hint: 'the log of the service says more' },
  CONNECTION_FAILED: { exit: 'unavailable', hint: checkUrl },
  TIMED_OUT: { exit: 'unavailable', hint: tryAgain },
  UNEXPECTED_ANSWER: { exit: 'internal', hint: checkUrl },
  START_FAILED: { exit: 'internal', hint: tryAgain },
  CLOSED: { exit: 'internal', hint: tryAgain },
}

export interface ServiceFailureParts {
  readonly details?: FailureDetails
  readonly traceId?: string
}

export const failureOfService = (
  code: PullSecretErrorCode,
  message: string,
  { details = {}, traceId }: ServiceFailureParts = {},
): CommandFailure => {
  const { exit, hint } = rows[code]
  return { code, exit, message: messageWith(message, details), hint: hintWith(hint, details), traceId }
}
