import type { UseCases } from '@pull-secret/composition/embedded'
import {
  type AnsweredError,
  decode,
  generateBody,
  problemOf,
  toDeletingBody,
  toGeneratedBody,
  toRetrievedBody,
  toVerificationAnswer,
  verificationBody,
} from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { errorOfProblem } from './error-of-problem.ts'
import type { PullSecretError } from './pull-secret-error.ts'
import type { Service } from './service.ts'
import { untilAborted } from './wait.ts'

export interface EmbeddedServiceDeps {
  readonly useCases: Pick<UseCases, 'generate' | 'retrieve' | 'remove' | 'verify'>
  readonly nextTraceId: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly close: () => Promise<void>
}

/** The operations of a service in this process, worded as a server words them: callers cannot tell the two apart. */
export const makeEmbeddedService = ({ useCases, nextTraceId, now, close }: EmbeddedServiceDeps): Service => {
  const underWay = new Set<Promise<unknown>>()

  const errorOf = (error: AnsweredError, traceId: string): PullSecretError => {
    const { body, headers } = problemOf(error, { instance: '', traceId, now: now(), baseUrl: '' })
    const seconds = headers['Retry-After']
    return errorOfProblem(body, seconds === undefined ? undefined : Number(seconds))
  }

  const settle = async <A>(task: TaskEither<AnsweredError, A>, traceId: string): Promise<A> => {
    const result = await task().catch((): E.Either<AnsweredError, never> => E.left({ code: 'INTERNAL' }))
    if (E.isLeft(result)) throw errorOf(result.left, traceId)
    return result.right
  }

  const run = <A>(task: TaskEither<AnsweredError, A>, traceId: string, signal: AbortSignal): Promise<A> => {
    const running = settle(task, traceId)
    const ended = running.then(
      () => undefined,
      () => undefined,
    )
    underWay.add(ended)
    void ended.finally(() => underWay.delete(ended))
    return untilAborted(running, signal)
  }

  const read = <A>(codec: Parameters<typeof decode<A>>[0], value: unknown): A => {
    const decoded = decode(codec, value)
    if (E.isLeft(decoded)) throw errorOf({ code: 'MISMATCHED', mismatches: decoded.left }, nextTraceId())
    return decoded.right
  }

  const causeOf = (reason: string) => ({ subject: 'embedded', reason, traceId: nextTraceId() })

  return {
    generate: async (clusterId, body, signal) => {
      const {
        cluster_external_id: externalId,
        cloud_provider: cloudProvider,
        region,
        registries,
        recreate,
      } = read(generateBody, body)
      const cause = causeOf('cluster_provisioning')
      return toGeneratedBody(
        await run(
          useCases.generate({ clusterId, externalId, cloudProvider, region, registries, recreate, cause }),
          cause.traceId,
          signal,
        ),
      )
    },
    retrieve: async (clusterId, _knownEtag, signal) => ({
      body: toRetrievedBody(await run(useCases.retrieve(clusterId), nextTraceId(), signal), true),
    }),
    remove: async (clusterId, incarnation, signal) => {
      const cause = causeOf('cluster_deprovisioning')
      const deletion = await run(useCases.remove({ clusterId, incarnation, cause }), cause.traceId, signal)
      return deletion.kind === 'deleted' ? undefined : toDeletingBody(deletion.registries)
    },
    verify: async (clusterId, body, signal) => {
      const { fingerprint: whole, hosts } = read(verificationBody, body)
      return toVerificationAnswer(await run(useCases.verify(clusterId, { whole, hosts }), nextTraceId(), signal))
    },
    close: async () => {
      await Promise.all(underWay)
      await close()
    },
  }
}
