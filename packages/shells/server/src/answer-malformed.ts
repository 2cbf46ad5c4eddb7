import type { ServerRoot } from '@pull-secret/composition/server'
import type { AnsweredError } from '@pull-secret/wire'
import { rawAnswer } from './malformed-request.ts'
import { unmatched } from './unmatched.ts'

export interface AnswerMalformedDeps extends Pick<ServerRoot, 'clock' | 'meter' | 'sparingLog'> {
  readonly errorsBaseUrl: string
}

/** Words the answer to what is no request, counts it, and logs each kind once a minute. */
export const makeAnswerMalformed =
  ({ clock, meter, sparingLog, errorsBaseUrl }: AnswerMalformedDeps) =>
  (error: AnsweredError): string => {
    const { status, bytes } = rawAnswer(error, { clock, errorsBaseUrl })
    meter.count('http_requests_total', { method: 'other', path: unmatched, status_code: String(status) })()
    sparingLog(`malformed request ${String(status)}`, 'info', 'refused what is no request', { status_code: status })
    return bytes
  }
