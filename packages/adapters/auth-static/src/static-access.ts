import { hash, timingSafeEqual } from 'node:crypto'
import type { AccessPolicy, AccessRequest, Authenticator, Failure, SecretText, Subject } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { makeTokenFile, problemOf, type TokenFileProblem } from './token-file.ts'
import type { StaticToken } from './token-list.ts'

export interface StaticAccess {
  readonly authenticator: Authenticator
  /** Knows only the subjects that this authenticator named: a permission belongs to a token, not to a name. */
  readonly policy: AccessPolicy
  /** Whether the file could be used, at most a second ago; while it cannot, every call is `ACCESS_UNAVAILABLE`. */
  readonly isUsable: () => boolean
}

export interface StaticAccessOptions {
  /**
   * JSON list of `subject`, `token_sha256` and `permissions`. It is read at most once a second: a token or a permission
   * that was withdrawn is refused at most one second later.
   */
  readonly file: string
  /** Told once of each reason why the file cannot be read or understood. */
  readonly onProblem: (problem: TokenFileProblem) => void
  /** Milliseconds since an arbitrary start; this process's monotonic clock where absent. */
  readonly monotonic?: () => number
}

const retryAfterSeconds = 5

/** Compares every entry in full, so that the time taken says nothing about which one comes near. */
const entryOf = (tokens: ReadonlyArray<StaticToken>, token: SecretText): StaticToken | undefined => {
  const presented = hash('sha256', token.reveal(), 'buffer')
  const [entry] = tokens.filter(({ token_sha256 }) => timingSafeEqual(Buffer.from(token_sha256, 'hex'), presented))
  return entry
}

const isAllowed = (permissions: ReadonlyArray<string>, { verb, resource, clusterId }: AccessRequest): boolean =>
  permissions.includes('*') ||
  permissions.includes(`${verb} ${resource}`) ||
  (clusterId !== undefined && permissions.includes(`${verb} ${resource} ${clusterId}`))

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
  /** By which token each subject proved who it is: several tokens may name one subject. */
  const presentedHash = new WeakMap<Subject, string>()

  let reported: string | undefined

  const tokens = (): E.Either<Failure<'ACCESS_UNAVAILABLE'>, ReadonlyArray<StaticToken>> => {
    const content = read()
    const rule = E.isLeft(content) ? content.left : undefined
    if (rule !== undefined && rule !== reported) onProblem(problemOf(file, rule))
    reported = rule
    if (E.isRight(content)) return content
    return E.left({ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds })
  }

  return {
    authenticator: {
      authenticate: (token) => async () => {
        const list = tokens()
        if (E.isLeft(list)) return list
        const entry = entryOf(list.right, token)
        if (entry === undefined) return E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' })
        const subject: Subject = { name: entry.subject }
        presentedHash.set(subject, entry.token_sha256)
        return E.right(subject)
      },
    },
    policy: {
      authorize: (subject, request) => async () => {
        const list = tokens()
        if (E.isLeft(list)) return list
        const presented = presentedHash.get(subject)
        const entry = list.right.find(({ token_sha256 }) => token_sha256 === presented)
        return entry !== undefined && isAllowed(entry.permissions, request)
          ? E.right(undefined)
          : E.left({ code: 'NOT_ALLOWED', verb: request.verb, resource: request.resource })
      },
    },
    isUsable: () => E.isRight(tokens()),
  }
}
