import {
  type ApiOperationId,
  apiOperations,
  decode,
  type Operation,
  pathOf,
  queryTextOf,
  type RequestOf,
} from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { checkClusterId } from './cluster-id-form.ts'
import { errorOfAnswer, parseJson } from './error-of-answer.ts'
import type { Exchange, ServiceAnswer } from './exchange.ts'
import { foreignContentOf } from './foreign-content.ts'
import type { Operations, Performed } from './operations.ts'
import { PullSecretError } from './pull-secret-error.ts'
import { makeRedactToken } from './redact-token.ts'
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

const pathWithQuery = <Id extends ApiOperationId>(id: Id, request: RequestOf<Id>): string => {
  const { query } = requestParts(request)
  const search = new URLSearchParams(queryTextOf(query)).toString()
  return `${pathOf(id, request.parameters)}${search === '' ? '' : `?${search}`}`
}

/** Names of fields may come from the server: they may repeat the token. */
const bodyOf = ({ answers }: Operation, answer: ServiceAnswer, token: string): unknown => {
  const { address, status, text } = answer
  const codec = answers[status]
  if (codec === undefined || codec.is(undefined)) return undefined
  const foreign = foreignContentOf(answer)
  if (foreign !== undefined)
    throw new PullSecretError(
      'UNEXPECTED_ANSWER',
      `${address} answered with ${foreign}: is this the address of the service?`,
    )
  const body = decode<unknown>(codec, parseJson(text))
  if (E.isRight(body)) return body.right
  throw new PullSecretError(
    'UNEXPECTED_ANSWER',
    makeRedactToken(token)(`The response is not ${codec.name}: ${body.left.map(({ message }) => message).join('; ')}`),
  )
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
      const performed = { status: answer.status, body: bodyOf(operation, answer, token), etag: answer.header('etag') }
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
