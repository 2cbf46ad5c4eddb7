import { decode, probeOperations, type ReadinessBody, readinessBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

const timeoutMilliseconds = 10_000

/**
 * What a server tells of its readiness, without a token. Undefined where something else answers, such as a proxy that
 * passes on the API alone, or nobody.
 */
export const readReadiness = async (serverUrl: string): Promise<ReadinessBody | undefined> => {
  try {
    const answer = await fetch(`${serverUrl.replace(/\/+$/, '')}${probeOperations.readiness.path}`, {
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    const body = decode(readinessBody, await answer.json())
    return E.isRight(body) ? body.right : undefined
  } catch {
    return undefined
  }
}
