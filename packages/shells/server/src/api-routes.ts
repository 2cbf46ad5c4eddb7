import type { Api } from '@pull-secret/api'
import type { Subject } from '@pull-secret/domain'
import { type AnsweredError, type ApiOperationId, apiOperations, type Operation } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admit } from './admission.ts'
import { type Answer, emptyAnswer, jsonAnswer } from './answer.ts'
import type { Call, RouteAnswer, ServedRoute } from './call.ts'
import { conditionalAnswer } from './etag.ts'
import { queryParameters } from './query-parameters.ts'

interface ApiAnswer {
  readonly status: number
  readonly body?: object
}

const toAnswer =
  ({ isConditional = false }: Operation, { headers }: Call) =>
  ({ status, body }: ApiAnswer): Answer => {
    if (body === undefined) return emptyAnswer(status)
    const answer = jsonAnswer(status, body)
    return isConditional ? conditionalAnswer(answer, headers['if-none-match']) : answer
  }

const answering = (api: Api, id: ApiOperationId) => {
  const operation: Operation = apiOperations[id]
  return (call: Call, { name: subject }: Subject): RouteAnswer => {
    const { parameters, traceId } = call
    const query = queryParameters(call.query)
    if (E.isLeft(query)) return TE.left(query.left)
    const answer = (body: unknown): TE.TaskEither<AnsweredError, ApiAnswer> =>
      api[id]({ parameters, query: query.right, body }, { subject, traceId })
    return pipe(
      operation.body === undefined ? answer(undefined) : pipe(call.body, TE.flatMap(answer)),
      TE.map(toAnswer(operation, call)),
    )
  }
}

/** A route for every operation of the product. */
export const apiRoutes = (api: Api, admit: Admit): ReadonlyArray<ServedRoute> =>
  (Object.keys(apiOperations) as ReadonlyArray<ApiOperationId>).map((id) => ({
    operation: apiOperations[id],
    answer: admit(apiOperations[id], answering(api, id)),
  }))
