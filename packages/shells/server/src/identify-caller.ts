import type { IncomingHttpHeaders } from 'node:http'
import { type Authenticator, type Failure, type SecretText, secretText, type Subject } from '@pull-secret/domain'
import type { AnsweredError } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { IO } from 'fp-ts/lib/IO.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Call } from './call.ts'
import type { KnownTokens } from './limits/known-tokens.ts'
import { rateLimited } from './limits/limited-answer.ts'
import type { Standing } from './limits/quotas.ts'
import type { RateLimits } from './limits/rate-limits.ts'

export interface IdentifyCallerDeps {
  readonly authenticator: Authenticator
  readonly rateLimits: Pick<RateLimits, 'ofAddress'>
  readonly knownTokens: KnownTokens
}

/** Says who calls, and `tell`s where the caller's address stands. */
export type IdentifyCaller = (
  call: Pick<Call, 'headers' | 'address'>,
  tell: (address: Standing) => IO<void>,
) => TaskEither<AnsweredError, Subject>

type Unauthenticated = Failure<'NOT_AUTHENTICATED'>

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i

const bearerToken = ({ authorization = '' }: IncomingHttpHeaders): E.Either<Unauthenticated, SecretText> => {
  if (!/^Bearer( |$)/i.test(authorization)) return E.left({ code: 'NOT_AUTHENTICATED', reason: 'missing' })
  const token = bearer.exec(authorization)?.[1]
  return token === undefined ? E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' }) : E.right(secretText(token))
}

/**
 * Whoever comes without a token that was good before draws from the limit of the address, and is refused before anybody
 * is asked about the token. Others at the address, who may share it by a proxy, are served all the same.
 */
export const makeIdentifyCaller = ({ authenticator, rateLimits, knownTokens }: IdentifyCallerDeps): IdentifyCaller => {
  const ask = async (token: SecretText): Promise<E.Either<AnsweredError, Subject>> => {
    const caller = await authenticator.authenticate(token)()
    if (E.isRight(caller)) knownTokens.remember(token)
    else if (caller.left.code === 'NOT_AUTHENTICATED') knownTokens.forget(token)
    return caller
  }
  return ({ headers, address }, tell) =>
    async () => {
      const token = bearerToken(headers)
      const isKnown = E.isRight(token) && knownTokens.has(token.right)
      const standing = rateLimits.ofAddress(address, isKnown ? 0 : 1)()
      tell(standing)()
      if (!standing.isGranted) return E.left(rateLimited(standing))
      return E.isLeft(token) ? token : ask(token.right)
    }
}
