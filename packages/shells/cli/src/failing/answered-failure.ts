import { type AnsweredError, problemOf } from '@pull-secret/wire'
import type { CommandFailure } from './command-failure.ts'
import type { ExitName } from './exit-codes.ts'
import { hintWith, messageWith } from './failure-details.ts'

interface Row {
  readonly exit: ExitName
  readonly hint: string
}

const tryAgain = 'run the same command again later; nothing is lost'
const reportIt = 'run pull-secret doctor; if it finds nothing, report this'

/** Total: an error of the domain, or of what a request is checked by, does not compile without its row. */
const rows: Readonly<Record<AnsweredError['code'], Row>> = {
  INVALID_INPUT: {
    exit: 'usage',
    hint: 'correct the value; pull-secret registries list shows the registries there are',
  },
  NOT_AUTHENTICATED: { exit: 'access', hint: 'name a valid token with --token-file' },
  NOT_ALLOWED: { exit: 'access', hint: 'ask for the permission, or use a token that has it' },
  ACCESS_UNAVAILABLE: { exit: 'unavailable', hint: tryAgain },
  PULL_SECRET_NOT_FOUND: { exit: 'notFound', hint: 'pull-secret generate CLUSTER makes one' },
  CLUSTER_DELETING: { exit: 'conflict', hint: 'wait until the deletion is done: pull-secret delete CLUSTER --wait' },
  CLUSTER_DELETED: {
    exit: 'conflict',
    hint: 'to let it live again, name its incarnation: pull-secret generate CLUSTER --recreate {incarnation}',
  },
  INCARNATION_CONFLICT: { exit: 'conflict', hint: 'pull-secret get CLUSTER shows its incarnation' },
  REGISTRIES_NOT_READY: {
    exit: 'unavailable',
    hint: 'the service goes on: run the same command again; pull-secret registries check shows which registry refuses the service',
  },
  KEY_UNAVAILABLE: {
    exit: 'unavailable',
    hint: 'the key ring lacks a key that stored credentials need: restore it to the file',
  },
  FENCE_LOST: { exit: 'unavailable', hint: tryAgain },
  SHARED_OBJECT_BUSY: { exit: 'unavailable', hint: tryAgain },
  DEPLOYMENT_MISMATCH: { exit: 'usage', hint: 'the database and deployment.id belong to different deployments' },
  SCOPE_CHANGED: { exit: 'usage', hint: 'give the moved registry a new id' },
  REGISTRY_MISSING: {
    exit: 'usage',
    hint: 'put the registry back into the configuration, with enabled: false if it is to create no more',
  },
  LEDGER_UNAVAILABLE: { exit: 'unavailable', hint: 'pull-secret doctor says whether the database can be reached' },
  LEDGER_OUTCOME_UNKNOWN: { exit: 'unavailable', hint: 'run the same command again: it is safe to repeat' },
  MISMATCHED: { exit: 'usage', hint: 'correct the value' },
  MALFORMED_JSON: { exit: 'usage', hint: 'correct the value' },
  PAYLOAD_TOO_LARGE: { exit: 'usage', hint: 'ask for less at once' },
  UNSUPPORTED_MEDIA_TYPE: { exit: 'internal', hint: reportIt },
  NO_SUCH_ROUTE: { exit: 'internal', hint: reportIt },
  METHOD_NOT_ALLOWED: { exit: 'internal', hint: reportIt },
  DRAINING: { exit: 'unavailable', hint: tryAgain },
  INTERNAL: { exit: 'internal', hint: reportIt },
}

/** Code and sentence are those that a caller of the HTTP API reads. */
export const failureOfAnswered = (error: AnsweredError): CommandFailure => {
  const { code, message, details } = problemOf(error, { instance: '', traceId: '', now: 0, baseUrl: '' }).body.error
  const { exit, hint } = rows[error.code]
  return { code, exit, message: messageWith(message, details), hint: hintWith(hint, details) }
}
