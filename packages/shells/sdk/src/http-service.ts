import { decode, deletingBody, pathOf, pullSecretBody, routes, verificationAnswer } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { errorOfAnswer, parseJson } from './error-of-answer.ts'
import type { Exchange, ServiceAnswer, ServiceRequest } from './exchange.ts'
import { PullSecretError } from './pull-secret-error.ts'
import type { Repeat } from './repeat.ts'
import type { Service } from './service.ts'

export interface HttpServiceDeps {
  readonly exchange: Exchange
  readonly bearerToken: () => Promise<string>
  readonly repeat: Repeat
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly close: () => Promise<void>
}

const bodyOf = <A>(codec: Parameters<typeof decode<A>>[0] & { readonly name: string }, { text }: ServiceAnswer): A => {
  const body = decode(codec, parseJson(text))
  if (E.isRight(body)) return body.right
  throw new PullSecretError(
    'UNEXPECTED_ANSWER',
    `The answer is not ${codec.name}: ${body.left.map(({ message }) => message).join('; ')}`,
  )
}

/** The operations of a service that is reached over HTTP. */
export const makeHttpService = ({ exchange, bearerToken, repeat, now, close }: HttpServiceDeps): Service => {
  const send = (
    request: ServiceRequest,
    expected: ReadonlyArray<number>,
    signal: AbortSignal,
  ): Promise<ServiceAnswer> =>
    repeat(async () => {
      const token = await bearerToken()
      const answer = await exchange(request, token, signal)
      if (!expected.includes(answer.status)) throw errorOfAnswer(answer, token, now())
      return answer
    }, signal)

  return {
    generate: async (clusterId, body, signal) => {
      const { method } = routes.generatePullSecret
      return bodyOf(
        pullSecretBody,
        await send({ method, path: pathOf('generatePullSecret', { cluster_id: clusterId }), body }, [200], signal),
      )
    },
    retrieve: async (clusterId, knownEtag, signal) => {
      const { method } = routes.retrievePullSecret
      const path = `${pathOf('retrievePullSecret', { cluster_id: clusterId })}?include_metadata=true`
      const answer = await send(
        { method, path, headers: knownEtag === undefined ? {} : { 'if-none-match': knownEtag } },
        [200, 304],
        signal,
      )
      return answer.status === 304 ? undefined : { body: bodyOf(pullSecretBody, answer), etag: answer.header('etag') }
    },
    remove: async (clusterId, incarnation, signal) => {
      const { method } = routes.deletePullSecret
      const query = incarnation === undefined ? '' : `?incarnation=${encodeURIComponent(incarnation)}`
      const answer = await send(
        { method, path: `${pathOf('deletePullSecret', { cluster_id: clusterId })}${query}` },
        [202, 204],
        signal,
      )
      return answer.status === 204 ? undefined : bodyOf(deletingBody, answer)
    },
    verify: async (clusterId, body, signal) => {
      const { method } = routes.verifyPullSecret
      return bodyOf(
        verificationAnswer,
        await send({ method, path: pathOf('verifyPullSecret', { cluster_id: clusterId }), body }, [200], signal),
      )
    },
    close,
  }
}
