import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ClaimedWork, CredentialLedger, DueWork, Failure, LedgerReads, SharedObjects } from '@pull-secret/domain'
import type { InMemoryLedger } from '@pull-secret/in-memory'
import type { FaultKind, PortCall } from './faults.ts'
import type { Replica } from './replica.ts'
import { wireCall, type Network } from './wire-call.ts'

/** A commit may be acknowledged by nobody and still happen, this much later at most. */
export const latestCommitMilliseconds = 60_000

const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }
const outcomeUnknown: Failure<'LEDGER_OUTCOME_UNKNOWN'> = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 }

/** The in-memory ledger answers at once; its promise is only in the way of knowing it at this moment. */
const now = <L, A>(call: TaskEither<L, A>): { value: E.Either<L, A> | undefined; bug: unknown } => {
  const result: { value: E.Either<L, A> | undefined; bug: unknown } = { value: undefined, bug: undefined }
  call().then((value) => { result.value = value }, (bug: unknown) => { result.bug = bug })
  return result
}

interface Pending<L, A> { value: E.Either<L, A> | undefined; bug: unknown }

/** Sends one ledger call over the network; what it throws, a bug, is thrown at the caller. Who takes a shared object is never told that it may have it all the same. */
const over = (network: Network, replica: Replica) => <L, A>(call: PortCall, subject: string, act: TaskEither<L, A>): TaskEither<L | typeof unavailable | typeof outcomeUnknown, A> => async () => {
  const left = (failure: typeof unavailable | typeof outcomeUnknown) => (): Pending<L | typeof failure, A> => ({ value: E.left(failure), bug: undefined })
  const unsure = left(call.startsWith('shared.') ? unavailable : outcomeUnknown)
  const answers: Partial<Record<FaultKind, () => Pending<L | typeof unavailable | typeof outcomeUnknown, A>>> = {
    unavailable: left(unavailable), commit_unknown: unsure, commit_late: unsure, commit_never: unsure,
  }
  const result = await wireCall<Pending<L | typeof unavailable | typeof outcomeUnknown, A>>(network, replica, {
    call, subject, effect: () => now(act), answers, latestLandingMilliseconds: () => latestCommitMilliseconds,
  })
  if (result.bug !== undefined) throw new Error(result.bug instanceof Error ? result.bug.message : 'the ledger rejected', { cause: result.bug })
  if (result.value === undefined) throw new Error('the in-memory ledger did not answer at once')
  return result.value
}

export type SimulatedLedger = Pick<InMemoryLedger, 'ledger' | 'reads' | 'dueWork' | 'sharedObjects'>

/** A replica's way to the database that all replicas share. */
export const makeSimulatedLedger = (network: Network, replica: Replica, parts: InMemoryLedger): SimulatedLedger => {
  const send = over(network, replica)
  const ledger: CredentialLedger = {
    change: (clusterId, decide) => send('ledger.change', clusterId, parts.ledger.change(clusterId, decide)),
    record: (lease, decide, learnt) => send('ledger.record', lease.credentialId, parts.ledger.record(lease, decide, learnt)),
  }
  const reads = {
    cluster: (clusterId: string) => send('reads', clusterId, parts.reads.cluster(clusterId)),
    sharedObjectRows: (registryId: string) => send('reads', registryId, parts.reads.sharedObjectRows(registryId)),
    ping: parts.reads.ping,
  } as LedgerReads
  const dueWork = {
    claim: (request) => send<never, ReadonlyArray<ClaimedWork>>('due.claim', '', parts.dueWork.claim(request) as TaskEither<never, ReadonlyArray<ClaimedWork>>),
    clusters: (limit, enabledRegistryIds) => send('due.clusters', '', parts.dueWork.clusters(limit, enabledRegistryIds)),
  } as DueWork
  const sharedObjects = {
    take: (registryId, attemptId, heldSeconds) => send('shared.take', registryId, parts.sharedObjects.take(registryId, attemptId, heldSeconds)),
    release: (lease) => send('shared.release', lease.registryId, parts.sharedObjects.release(lease)),
  } as SharedObjects
  return { ledger, reads, dueWork, sharedObjects }
}
