import {
  type AccessCheck,
  type CallTerms,
  type Clock,
  type CreateOutcome,
  type CreateRequest,
  type DeleteOutcome,
  type DeleteRequest,
  type ListOutcome,
  type NotSentOutcome,
  onlyUsable,
  type ReadOutcome,
  type ReadRequest,
  type RegistryClient,
} from '@pull-secret/domain'
import type { Task } from 'fp-ts/lib/Task.js'
import type { CallFailure } from './call-failure.ts'
import { toOutcome } from './outcome-task.ts'

/** What an adapter writes: one function per operation. Each is called before its deadline only, and may throw. */
export interface GuardedCalls {
  readonly create: (request: CreateRequest) => Promise<CreateOutcome>
  readonly read: (request: ReadRequest) => Promise<ReadOutcome>
  readonly remove: (request: DeleteRequest) => Promise<DeleteOutcome>
  /** Left out where the vendor cannot list. */
  readonly list?: (terms: CallTerms) => Promise<ListOutcome>
  readonly check: (terms: CallTerms) => Promise<AccessCheck>
}

export interface GuardDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  /** What an error means that an operation throws; by default that nobody knows what happened. */
  readonly failureOfThrown?: (error: unknown) => CallFailure
}

export type GuardedClient = Pick<
  RegistryClient,
  'createCredential' | 'getCredential' | 'deleteCredential' | 'listCredentials' | 'checkAccess'
>

const deadlinePassed: NotSentOutcome = { kind: 'not_sent', problem: 'deadline_passed' }
const unforeseen: CallFailure = { kind: 'unknown', problem: 'server_error' }

const checkOf = (outcome: AccessCheck | CallFailure): AccessCheck =>
  outcome.kind === 'working' || outcome.kind === 'failing' ? outcome : { kind: 'failing', problem: outcome.problem }

/**
 * The part of a registry client that calls the vendor. None of its tasks rejects, and none begins after its deadline;
 * requests that follow within one operation look at the deadline themselves. What a vendor made counts as created only
 * if it fits an auth entry.
 */
export const guardedClient = (
  { create, read, remove, list, check }: GuardedCalls,
  { clock, failureOfThrown = () => unforeseen }: GuardDeps,
): GuardedClient => {
  const guarded = <A>({ deadline }: CallTerms, call: () => Promise<A>): Task<A | CallFailure> =>
    toOutcome<A | CallFailure>(async () => (clock.monotonic() > deadline ? deadlinePassed : call()), failureOfThrown)

  return {
    createCredential: (request) => guarded(request.terms, async () => onlyUsable(await create(request))),
    getCredential: (request) => guarded(request.terms, () => read(request)),
    deleteCredential: (request) => guarded(request.terms, () => remove(request)),
    listCredentials: list === undefined ? undefined : (terms) => guarded(terms, () => list(terms)),
    checkAccess: (terms) => {
      const checked = guarded(terms, () => check(terms))
      return async () => checkOf(await checked())
    },
  }
}
