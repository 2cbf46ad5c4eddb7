import type { Logger } from '@pull-secret/domain'
import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Answering, Api } from './api.ts'
import { describeThrown } from './describe-thrown.ts'

type AnyAnswering = Answering<keyof Api>

const reporting =
  (operation: string, answer: AnyAnswering, logger: Logger): AnyAnswering =>
  (request, caller) => {
    const answered: TaskEither<AnsweredError, never> = answer(request, caller)
    return () =>
      answered().catch((thrown: unknown): E.Either<AnsweredError, never> => {
        const fields = { operation, trace_id: caller.traceId, ...describeThrown(thrown) }
        logger.log('error', 'request failed with an unexpected error', fields)()
        return E.left({ code: 'INTERNAL' })
      })
  }

/** The same operations for a process without a server: what throws, which is a bug, is logged and an internal error. */
export const reportThrown = (api: Api, logger: Logger): Api =>
  Object.fromEntries(
    Object.entries(api).map(([operation, answer]) => [operation, reporting(operation, answer as AnyAnswering, logger)]),
  ) as unknown as Api
