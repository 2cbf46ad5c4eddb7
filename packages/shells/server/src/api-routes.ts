import type { Api } from '@pull-secret/api'
import type { Subject } from '@pull-secret/domain'
import { type AnsweredError, type ApiOperationId, apiOperations, type Operation } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admit } from './admission.ts'
import { type Answer, emptyAnswer, jsonAnswer } from './answer.ts'
import type { Call, RouteAnswer, ServedRoute } from './call.ts'
import { conditionalAnswer } from './etag.ts'
import { queryParameters } from './query-parameters.ts'

const answerOf = ({ status, body }: { readonly status: number; readonly body?: object }): Answer =>
  body === undefined ? emptyAnswer(status) : jsonAnswer(status, body)

const bodyOf = ({ body }: Operation, call: Call): TE.TaskEither<AnsweredError, unknown> =>
  body === undefined ? TE.right(undefined) : call.body

const answering = (api: Api, id: ApiOperationId) => {
  const operation: Operation = apiOperations[id]
  return (call: Call, { name: subject }: Subject): RouteAnswer => {
    const { parameters, traceId, headers } = call
    const query = operation.query === undefined ? {} : queryParameters(call.query)
    return pipe(
      bodyOf(operation, call),
      TE.flatMap((body): TE.TaskEither<AnsweredError, { readonly status: number; readonly body?: object }> =>
        api[id]({ parameters, query, body }, { subject, traceId }),
      ),
      TE.map(answerOf),
      TE.map((answer) =>
        operation.isConditional === true ? conditionalAnswer(answer, headers['if-none-match']) : answer,
      ),
    )
  }
}

/** A route for every operation of the product. */
export const apiRoutes = (api: Api, admit: Admit): ReadonlyArray<ServedRoute> =>
  (Object.keys(apiOperations) as ReadonlyArray<ApiOperationId>).map((id) => ({
    operation: apiOperations[id],
    answer: admit(apiOperations[id], answering(api, id)),
  }))
