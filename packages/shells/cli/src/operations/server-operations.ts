import type { SecretText } from '@pull-secret/domain'
import { connect, PullSecretError } from '@pull-secret/sdk'
import { jobRunBody, pathOf, registriesBody, routes } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failing/command-failure.ts'
import { failureOfSdk } from '../failing/sdk-failure.ts'
import { deletionBodyOf, pullSecretBodyOf } from './body-of-sdk.ts'
import type { Answer, Operations } from './operations.ts'
import { makeOperatorExchange } from './operator-exchange.ts'

export interface ServerOperationsDeps {
  readonly url: string
  readonly token: SecretText
}

const failureOf = (error: unknown): CommandFailure => {
  if (error instanceof PullSecretError) return failureOfSdk(error.code, error.message, error)
  throw error
}

const answerOf = async <A, B>(call: Promise<A>, body: (answer: A) => B): Answer<B> => {
  try {
    return E.right(body(await call))
  } catch (error) {
    return E.left(failureOf(error))
  }
}

const registriesSeconds = 30
/** A run works until nothing is due. */
const jobSeconds = 280

/**
 * The operations of a server. A failure that passes is told by the exit code and not waited for: whoever calls knows
 * how long to wait.
 */
export const openServerOperations = ({ url, token }: ServerOperationsDeps): E.Either<CommandFailure, Operations> => {
  const opened = E.tryCatch(() => connect({ baseUrl: url, token: () => token.reveal(), retries: 0 }), failureOf)
  if (E.isLeft(opened)) return opened
  const pullSecrets = opened.right
  const ask = makeOperatorExchange({ baseUrl: url.replace(/\/+$/, ''), token })
  return E.right({
    generate: (clusterId, wish) => answerOf(pullSecrets.generate(clusterId, wish), pullSecretBodyOf),
    retrieve: (clusterId) => answerOf(pullSecrets.get(clusterId), pullSecretBodyOf),
    remove: (clusterId, incarnation) => answerOf(pullSecrets.delete(clusterId, { incarnation }), deletionBodyOf),
    registries: (check) =>
      ask({
        method: routes.listRegistries.method,
        path: `${routes.listRegistries.path}${check ? '?check=true' : ''}`,
        codec: registriesBody,
        timeoutSeconds: registriesSeconds,
      }),
    runJob: (job) =>
      ask({
        method: routes.runJob.method,
        path: pathOf('runJob', { name: job }),
        codec: jobRunBody,
        timeoutSeconds: jobSeconds,
      }),
    close: pullSecrets.close,
  })
}
