import { hash, timingSafeEqual } from 'node:crypto'
import type { AccessPolicy, AccessRequest, Authenticator, Failure, SecretText, Subject } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { makeTokenFile } from './token-file.ts'
import type { StaticToken } from './token-list.ts'

export interface StaticAccess {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
}

export interface StaticAccessOptions {
  /**
   * JSON list of `subject`, `token_sha256` and `permissions`. It is read at most once a second: a token or a permission
   * that was withdrawn is refused at most one second later.
   */
  readonly file: string
  /** Told whenever a call fails because the file cannot be read or understood; never holds content of the file. */
  readonly onProblem: (problem: { readonly file: string; readonly message: string }) => void
  /** Milliseconds since an arbitrary start; this process's monotonic clock where absent. */
  readonly monotonic?: () => number
}

const retryAfterSeconds = 5

/** Compares every entry in full, so that the time taken says nothing about which one comes near. */
const holderOf = (
  tokens: ReadonlyArray<StaticToken>,
  token: SecretText,
): E.Either<Failure<'NOT_AUTHENTICATED'>, Subject> => {
  const presented = hash('sha256', token.reveal(), 'buffer')
  const [holder] = tokens.filter(({ token_sha256 }) => timingSafeEqual(Buffer.from(token_sha256, 'hex'), presented))
  return holder === undefined
    ? E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' })
    : E.right({ name: holder.subject })
}

const isAllowed = (
  tokens: ReadonlyArray<StaticToken>,
  subject: Subject,
  { verb, resource, clusterId }: AccessRequest,
): boolean => {
  const permissions = new Set(
    tokens.filter((token) => token.subject === subject.name).flatMap((token) => token.permissions),
  )
  return (
    permissions.has('*') ||
    permissions.has(`${verb} ${resource}`) ||
    (clusterId !== undefined && permissions.has(`${verb} ${resource} ${clusterId}`))
  )
}

/**
 * Access by a file of token hashes, for a sandbox. While the file cannot be used nobody is let in and nobody is
 * refused.
 */
export const openStaticAccess = ({
  file,
  onProblem,
  monotonic = () => performance.now(),
}: StaticAccessOptions): StaticAccess => {
  const read = makeTokenFile(file, monotonic)
  const tokens = (): E.Either<Failure<'ACCESS_UNAVAILABLE'>, ReadonlyArray<StaticToken>> => {
    const content = read()
    if (E.isRight(content)) return content
    onProblem({ file, message: `${file}: ${content.left}` })
    return E.left({ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds })
  }

  return {
    authenticator: {
      authenticate: (token) => async () => {
        const list = tokens()
        return E.isLeft(list) ? list : holderOf(list.right, token)
      },
    },
    policy: {
      authorize: (subject, request) => async () => {
        const list = tokens()
        if (E.isLeft(list)) return list
        return isAllowed(list.right, subject, request)
          ? E.right(undefined)
          : E.left({ code: 'NOT_ALLOWED', verb: request.verb, resource: request.resource })
      },
    },
  }
}
