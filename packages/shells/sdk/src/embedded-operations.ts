import type { Api } from '@pull-secret/api'
import { type AnsweredError, type ApiOperationId, describeError, queryTextOf } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { errorOfDescription } from './error-of-description.ts'
import type { Operations, Performed, PerformOptions, WrittenRequestOf } from './operations.ts'
import { requestParts } from './request-parts.ts'
import { untilAborted } from './wait.ts'

export interface EmbeddedOperationsDeps {
  readonly api: Api
  /** The subject of every call, for the audit. */
  readonly subject: string
  readonly nextTraceId: () => string
  readonly close: () => Promise<void>
}

/** The operations of a service in this process, with the answers of a server: callers cannot tell the two apart. */
export const makeEmbeddedOperations = ({ api, subject, nextTraceId, close }: EmbeddedOperationsDeps): Operations => {
  const inProgress = new Set<Promise<unknown>>()

  const settle = async <A>(task: TaskEither<AnsweredError, A>, traceId: string): Promise<A> => {
    const result = await task()
    if (E.isLeft(result)) throw errorOfDescription(describeError(result.left), traceId)
    return result.right
  }

  const run = <A>(task: TaskEither<AnsweredError, A>, traceId: string, signal: AbortSignal): Promise<A> => {
    const running = settle(task, traceId)
    const ended = running.then(
      () => undefined,
      () => undefined,
    )
    inProgress.add(ended)
    void ended.finally(() => inProgress.delete(ended))
    return untilAborted(running, signal)
  }

  const perform = async <Id extends ApiOperationId>(
    id: Id,
    request: WrittenRequestOf<Id>,
    { signal }: PerformOptions,
  ) => {
    const traceId = nextTraceId()
    const { parameters, query, body } = requestParts(request)
    const answer: TaskEither<AnsweredError, unknown> = api[id](
      { parameters, query: queryTextOf(query), body },
      { subject, traceId },
    )
    return run(answer as TaskEither<AnsweredError, Performed<Id>>, traceId, signal)
  }

  return {
    perform,
    revalidate: perform,
    close: async () => {
      await Promise.all(inProgress)
      await close()
    },
  }
}
