import type { ClaimedWork, CredentialLedger, DueWork, Failure, LedgerReads, SharedObjects } from '@pull-secret/domain'
import type { InMemoryLedger } from '@pull-secret/in-memory'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { FaultKind, PortCall } from './faults.ts'
import { describeClaim, type LedgerNotes } from './ledger-notes.ts'
import type { Replica } from './replica.ts'
import { type Network, wireCall } from './wire-call.ts'

/** A commit may be acknowledged by nobody and still happen, this much later at most. */
export const latestCommitMilliseconds = 60_000

const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }
const outcomeUnknown: Failure<'LEDGER_OUTCOME_UNKNOWN'> = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 }

/** The in-memory ledger answers at once; its promise is only in the way of knowing it at this moment. */
const now = <L, A>(
  call: TaskEither<L, A>,
  whenDone: () => void,
): { value: E.Either<L, A> | undefined; bug: unknown } => {
  const result: { value: E.Either<L, A> | undefined; bug: unknown } = { value: undefined, bug: undefined }
  call().then(
    (value) => {
      result.value = value
      whenDone()
    },
    (bug: unknown) => {
      result.bug = bug
    },
  )
  return result
}

interface Pending<L, A> {
  value: E.Either<L, A> | undefined
  bug: unknown
}

export interface SimulatedLedgerDeps {
  readonly network: Network
  readonly replica: Replica
  readonly parts: InMemoryLedger
  readonly notes: LedgerNotes
}

interface LedgerCall<L, A> {
  readonly call: PortCall
  readonly subject: () => string
  readonly act: TaskEither<L, A>
  /** Whose chain of audit records the call may lengthen. */
  readonly clusterId?: string
  readonly tell?: (answer: A) => string | undefined
}

/**
 * Sends one ledger call over the network; what it throws, a bug, is thrown at the caller. Who takes a shared object
 * is never told that it may have it all the same.
 */
const over =
  ({ network, replica, notes }: SimulatedLedgerDeps) =>
  <L extends { readonly code: string }, A>({
    call,
    subject,
    act,
    clusterId,
    tell = () => undefined,
  }: LedgerCall<L, A>): TaskEither<L | typeof unavailable | typeof outcomeUnknown, A> =>
  async () => {
    const left = (failure: typeof unavailable | typeof outcomeUnknown) => (): Pending<L | typeof failure, A> => ({
      value: E.left(failure),
      bug: undefined,
    })
    const unsure = left(call.startsWith('shared.') ? unavailable : outcomeUnknown)
    const answers: Partial<Record<FaultKind, () => Pending<L | typeof unavailable | typeof outcomeUnknown, A>>> = {
      unavailable: left(unavailable),
      commit_unknown: unsure,
      commit_late: unsure,
      commit_never: unsure,
    }
    const noteChanges = (): void => {
      if (clusterId !== undefined && network.timeline.isKept)
        notes.newChanges(clusterId).forEach((change) => {
          network.timeline.note(() => `  ${change}`)
        })
    }
    const result = await wireCall<Pending<L | typeof unavailable | typeof outcomeUnknown, A>>(network, replica, {
      call,
      title: () => `${call} ${subject()}`.trimEnd(),
      effect: () => now(act, noteChanges),
      answers,
      tell: ({ value }) => {
        if (value === undefined) return undefined
        return E.isLeft(value) ? value.left.code : tell(value.right)
      },
      latestLandingMilliseconds: () => latestCommitMilliseconds,
    })
    if (result.bug !== undefined)
      throw new Error(result.bug instanceof Error ? result.bug.message : 'the ledger rejected', { cause: result.bug })
    if (result.value === undefined) throw new Error('the in-memory ledger did not answer at once')
    return result.value
  }

export type SimulatedLedger = Pick<InMemoryLedger, 'ledger' | 'reads' | 'dueWork' | 'sharedObjects'>

/** A replica's way to the database that all replicas share. */
export const makeSimulatedLedger = (deps: SimulatedLedgerDeps): SimulatedLedger => {
  const send = over(deps)
  const { parts, notes } = deps
  const ledger: CredentialLedger = {
    change: (clusterId, decide) =>
      send({ call: 'ledger.change', subject: () => clusterId, act: parts.ledger.change(clusterId, decide), clusterId }),
    record: (lease, decide, findings) =>
      send({
        call: 'ledger.record',
        subject: () => `${lease.clusterId} ${notes.row(lease)}`,
        act: parts.ledger.record(lease, decide, findings),
        clusterId: lease.clusterId,
      }),
  }
  const reads = {
    cluster: (clusterId: string) =>
      send({ call: 'reads', subject: () => clusterId, act: parts.reads.cluster(clusterId) }),
    sharedObjectRows: (registryId: string) =>
      send({ call: 'reads', subject: () => registryId, act: parts.reads.sharedObjectRows(registryId) }),
    ping: parts.reads.ping,
  } as LedgerReads
  const dueWork = {
    claim: (request) =>
      send<never, ReadonlyArray<ClaimedWork>>({
        call: 'due.claim',
        subject: () => '',
        act: parts.dueWork.claim(request) as TaskEither<never, ReadonlyArray<ClaimedWork>>,
        tell: (claimed) => claimed.map(describeClaim).join(', ') || undefined,
      }),
    clusters: (limit, enabledRegistryIds) =>
      send({
        call: 'due.clusters',
        subject: () => '',
        act: parts.dueWork.clusters(limit, enabledRegistryIds),
        tell: (ids) => ids.join(' ') || undefined,
      }),
  } as DueWork
  const sharedObjects = {
    take: (registryId, attemptId, heldSeconds) =>
      send({
        call: 'shared.take',
        subject: () => registryId,
        act: parts.sharedObjects.take(registryId, attemptId, heldSeconds),
      }),
    release: (lease, use) =>
      send({ call: 'shared.release', subject: () => lease.registryId, act: parts.sharedObjects.release(lease, use) }),
  } as SharedObjects
  return { ledger, reads, dueWork, sharedObjects }
}
