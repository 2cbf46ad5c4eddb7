import type { AccessPolicy, AccessRequest, Authenticator, Subject } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** Knows the holders of the given tokens, and nobody else. */
export const makeInMemoryAuthenticator = (subjects: Readonly<Record<string, string>>): Authenticator => ({
  authenticate: (token) => {
    const name = Object.hasOwn(subjects, token.reveal()) ? subjects[token.reveal()] : undefined
    return name === undefined ? TE.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' }) : TE.right({ name })
  },
})

/** Allows what `mayDo` allows. */
export const makeInMemoryAccessPolicy = (
  mayDo: (subject: Subject, request: AccessRequest) => boolean,
): AccessPolicy => ({
  authorize: (subject, request) =>
    mayDo(subject, request)
      ? TE.right(undefined)
      : TE.left({ code: 'NOT_ALLOWED', verb: request.verb, resource: request.resource }),
})
