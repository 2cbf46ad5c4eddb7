import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'
import type { SecretText } from '../platform/secret-text.ts'

/** A caller who proved who it is. */
export interface Subject {
  readonly name: string
  /** What else the authenticator knows of the caller, for a policy that asks with it. */
  readonly groups?: ReadonlyArray<string>
  readonly uid?: string
  readonly extra?: Readonly<Record<string, ReadonlyArray<string>>>
}

export type Verb = 'get' | 'list' | 'create' | 'update' | 'delete'

export type Resource =
  'clusters' | 'pull-secrets' | 'pull-secrets/ban' | 'registries' | 'jobs' | 'audit-log' | 'replicas' | 'metrics'

/** What a caller wants to do. `clusterId` is absent for what concerns the whole fleet. */
export interface AccessRequest {
  readonly verb: Verb
  readonly resource: Resource
  readonly clusterId?: string
}

/** Says who holds a bearer token. Cannot be reached: neither yes nor no, but `ACCESS_UNAVAILABLE`. */
export interface Authenticator {
  readonly authenticate: (token: SecretText) => TaskEither<Failure<'NOT_AUTHENTICATED' | 'ACCESS_UNAVAILABLE'>, Subject>
}

/** Says what a subject may do. Cannot be reached: neither yes nor no, but `ACCESS_UNAVAILABLE`. */
export interface AccessPolicy {
  readonly authorize: (
    subject: Subject,
    request: AccessRequest,
  ) => TaskEither<Failure<'NOT_ALLOWED' | 'ACCESS_UNAVAILABLE'>, void>
}
