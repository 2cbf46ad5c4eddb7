import { type ApiOperationId, apiOperations, type Operation, pathOf, queryTextOf } from '@pull-secret/wire'
import { bodyOfAnswer } from './body-of-answer.ts'
import { checkClusterId } from './cluster-id-form.ts'
import { errorOfAnswer } from './error-of-answer.ts'
import type { Exchange } from './exchange.ts'
import type { Operations, Performed, WrittenRequestOf } from './operations.ts'
import { requestParts } from './request-parts.ts'
import type { Retry } from './retry.ts'

export interface RemoteOperationsDeps {
  readonly exchange: Exchange
  readonly bearerToken: () => Promise<string>
  readonly retry: Retry
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly close: () => Promise<void>
}

const pathWithQuery = <Id extends ApiOperationId>(id: Id, request: WrittenRequestOf<Id>): string => {
  const { query } = requestParts(request)
  const search = new URLSearchParams(queryTextOf(query)).toString()
  return `${pathOf(id, request.parameters)}${search === '' ? '' : `?${search}`}`
}

const notModified = 304

/** The operations of a remote service, over HTTP. */
export const makeRemoteOperations = ({
  exchange,
  bearerToken,
  retry,
  now,
  close,
}: RemoteOperationsDeps): Operations => {
  const revalidate: Operations['revalidate'] = async (id, request, { signal, knownEtag, timeoutMilliseconds }) => {
    checkClusterId(request.parameters)
    const operation: Operation = apiOperations[id]
    const { body } = requestParts(request)
    const headers: Readonly<Record<string, string>> = knownEtag === undefined ? {} : { 'if-none-match': knownEtag }
    const sent = { method: operation.method, path: pathWithQuery(id, request), body, headers }
    return retry(async () => {
      const token = await bearerToken()
      const answer = await exchange({ ...sent, timeoutMilliseconds }, token, signal)
      if (answer.status === notModified && knownEtag !== undefined) return undefined
      if (!Object.hasOwn(operation.answers, answer.status)) throw errorOfAnswer(answer, token, now())
      const performed = {
        status: answer.status,
        body: bodyOfAnswer(operation, answer, token),
        etag: answer.header('etag'),
      }
      return performed as Performed<typeof id>
    }, signal)
  }
  return {
    perform: async (id, request, options) => {
      const performed = await revalidate(id, request, { ...options, knownEtag: undefined })
      if (performed === undefined) throw new Error('an answer that was not revalidated is unchanged')
      return performed
    },
    revalidate,
    close,
  }
}
