import {
  type AnsweredError,
  type AnswerOf,
  type ApiOperationId,
  apiOperations,
  noQuery,
  type RequestOf,
} from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Answering, ApiRequest, Caller } from './api.ts'
import { decoded } from './decode-request.ts'

/** A request whose query and body follow the codecs of its operation. */
export interface DecodedRequest<Id extends ApiOperationId> {
  readonly parameters: Readonly<Record<string, string>>
  readonly query: NonNullable<RequestOf<Id>['query']>
  readonly body: RequestOf<Id>['body']
}

const decodedRequest = <Id extends ApiOperationId>(
  id: Id,
  { parameters, query = {}, body }: ApiRequest,
): E.Either<AnsweredError, DecodedRequest<Id>> => {
  const row = apiOperations[id]
  const readQuery = decoded<unknown>('query' in row ? row.query : noQuery, query)
  if (E.isLeft(readQuery)) return readQuery
  const readBody = 'body' in row ? decoded<unknown>(row.body, body) : E.right(undefined)
  if (E.isLeft(readBody)) return readBody
  return E.right({ parameters, query: readQuery.right, body: readBody.right } as DecodedRequest<Id>)
}

/** One operation: decodes query and body by the codecs of its row, and hands them on. */
export const operation =
  <Id extends ApiOperationId>(
    id: Id,
    handle: (request: DecodedRequest<Id>, caller: Caller) => TE.TaskEither<AnsweredError, AnswerOf<Id>>,
  ): Answering<Id> =>
  (request, caller) => {
    const decodedParts = decodedRequest(id, request)
    return E.isLeft(decodedParts) ? TE.left(decodedParts.left) : handle(decodedParts.right, caller)
  }
