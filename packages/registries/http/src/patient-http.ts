import type { Clock } from '@pull-secret/domain'
import type { HttpClient } from './http-client.ts'
import { headerValues, type HttpRequest, type HttpResult } from './http-message.ts'
import { retryAfterSeconds } from './retry-after.ts'

export interface PatientHttpDeps {
  readonly http: HttpClient
  readonly clock: Clock
}

const firstPauseMilliseconds = 1000

/**
 * The same client for the steps of a call that come after its first: what the vendor's limiter turned away with a 429,
 * which passes nothing on, is sent again once it may be, as long as the deadline allows. Otherwise the 429 is the
 * answer.
 */
export const makePatientHttp = ({ http, clock }: PatientHttpDeps): HttpClient => {
  const askedMilliseconds = (result: HttpResult): number | undefined =>
    result.kind === 'answered' && result.status === 429
      ? (retryAfterSeconds(headerValues(result, 'retry-after')[0], clock.now()) ?? 0) * 1000
      : undefined

  const patiently =
    (exchange: HttpClient['send']): HttpClient['send'] =>
    async (request: HttpRequest) => {
      for (let pause = firstPauseMilliseconds; ; pause *= 2) {
        const result = await exchange(request)
        const asked = askedMilliseconds(result)
        const wait = Math.max(asked ?? 0, pause)
        if (asked === undefined || clock.monotonic() + wait >= request.terms.deadline) return result
        await clock.sleep(wait)()
      }
    }

  return { send: patiently(http.send), read: patiently(http.read), close: http.close }
}
