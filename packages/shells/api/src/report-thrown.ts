import type { Logger } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Answering, Api } from './api.ts'
import { describeThrown } from './describe-thrown.ts'

type AnyAnswering = Answering<keyof Api>

const reporting =
  (operation: string, answer: AnyAnswering, logger: Logger): AnyAnswering =>
  (request, caller) =>
  async () => {
    try {
      return await answer(request, caller)()
    } catch (thrown) {
      const fields = { operation, trace_id: caller.traceId, ...describeThrown(thrown) }
      logger.log('error', 'request failed with an unexpected error', fields)()
      return E.left({ code: 'INTERNAL' })
    }
  }

/** The same operations for a process without a server: what throws, which is a bug, is logged and an internal error. */
export const reportThrown = (api: Api, logger: Logger): Api =>
  Object.fromEntries(
    Object.entries(api).map(([operation, answer]) => [operation, reporting(operation, answer as AnyAnswering, logger)]),
  ) as unknown as Api
