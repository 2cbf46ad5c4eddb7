import { createHash, timingSafeEqual } from 'node:crypto'
import type { AccessPolicy, AccessRequest, Authenticator, Failure, SecretText, Subject } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeTokenFile } from './token-file.ts'
import type { StaticToken } from './token-list.ts'

export interface StaticAccess {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
}

export interface StaticAccessOptions {
  /** JSON list of `subject`, `token_sha256` and `permissions`; looked at for every call, so a change holds at once. */
  readonly file: string
  /** Told whenever a call fails because the file cannot be read or understood; never holds content of the file. */
  readonly onProblem: (problem: { readonly file: string; readonly message: string }) => void
}

const retryAfterSeconds = 5

/** Compares every entry in full, so that the time taken says nothing about which one comes near. */
const holderOf = (tokens: ReadonlyArray<StaticToken>, token: SecretText): StaticToken | undefined => {
  const presented = createHash('sha256').update(token.reveal()).digest()
  return tokens.filter(({ token_sha256 }) => timingSafeEqual(Buffer.from(token_sha256, 'hex'), presented))[0]
}

const isAllowed = (tokens: ReadonlyArray<StaticToken>, subject: Subject, { verb, resource, clusterId }: AccessRequest): boolean => {
  const permissions = new Set(tokens.filter((token) => token.subject === subject.name).flatMap((token) => token.permissions))
  return permissions.has('*') || permissions.has(`${verb} ${resource}`) || (clusterId !== undefined && permissions.has(`${verb} ${resource} ${clusterId}`))
}

/** Access by a file of token hashes, for a sandbox. While the file cannot be used nobody is let in and nobody is refused. */
export const openStaticAccess = ({ file, onProblem }: StaticAccessOptions): StaticAccess => {
  const read = makeTokenFile(file)
  const tokens = (): E.Either<Failure<'ACCESS_UNAVAILABLE'>, ReadonlyArray<StaticToken>> =>
    E.mapLeft((problem: string): Failure<'ACCESS_UNAVAILABLE'> => {
      onProblem({ file, message: `${file}: ${problem}` })
      return { code: 'ACCESS_UNAVAILABLE', retryAfterSeconds }
    })(read())

  return {
    authenticator: {
      authenticate: (token) => TE.flatMapEither(TE.fromIOEither(tokens), (list): E.Either<Failure<'NOT_AUTHENTICATED'>, Subject> => {
        const holder = holderOf(list, token)
        return holder === undefined ? E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' }) : E.right({ name: holder.subject })
      }),
    },
    policy: {
      authorize: (subject, request) => TE.flatMapEither(TE.fromIOEither(tokens), (list): E.Either<Failure<'NOT_ALLOWED'>, void> =>
        isAllowed(list, subject, request) ? E.right(undefined) : E.left({ code: 'NOT_ALLOWED', verb: request.verb, resource: request.resource })),
    },
  }
}
