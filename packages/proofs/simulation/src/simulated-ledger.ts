import type {
  BudgetSlices,
  ClaimedWork,
  CredentialLedger,
  DueWork,
  Failure,
  LedgerReads,
  SharedObjects,
} from '@pull-secret/domain'
import type { InMemoryLedger } from '@pull-secret/in-memory'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { FaultKind, PortCall } from './faults.ts'
import { describeClaim, type LedgerNotes } from './ledger-notes.ts'
import type { Replica } from './replica.ts'
import { clockErrorMilliseconds, demotionMilliseconds, type SimulatedDatabase } from './simulated-database.ts'
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

/** Whoever takes something is never told that it may have it all the same. */
const isTaking = (call: PortCall): boolean => call.startsWith('shared.') || call === 'budget.take'

const isRead = (call: PortCall): boolean => call === 'reads' || call === 'due.clusters'

interface Pending<L, A> {
  value: E.Either<L, A> | undefined
  bug: unknown
}

export interface SimulatedLedgerDeps {
  readonly network: Network
  readonly replica: Replica
  readonly parts: InMemoryLedger
  readonly slices: BudgetSlices
  readonly notes: LedgerNotes
  readonly database: SimulatedDatabase
  readonly onBug: (bug: unknown) => void
}

interface LedgerCall<L, A> {
  readonly call: PortCall
  readonly subject: () => string
  readonly act: TaskEither<L, A>
  /** Whose chain of audit records the call may lengthen. */
  readonly clusterId?: string
  readonly tell?: (answer: A) => string | undefined
}

type Trouble = typeof unavailable | typeof outcomeUnknown

/** Sends one ledger call over the network; what it throws, a bug, is thrown at the caller. */
const over =
  ({ network, replica, notes, database, onBug }: SimulatedLedgerDeps) =>
  <L extends { readonly code: string }, A>({
    call,
    subject,
    act,
    clusterId,
    tell = () => undefined,
  }: LedgerCall<L, A>): TaskEither<L | Trouble, A> =>
  async () => {
    const left = (failure: Trouble) => (): Pending<L | Trouble, A> => ({ value: E.left(failure), bug: undefined })
    const unsure = left(isTaking(call) ? unavailable : outcomeUnknown)
    const answers: Partial<Record<FaultKind, () => Pending<L | Trouble, A>>> = {
      unavailable: left(unavailable),
      demoted: left(unavailable),
      commit_unknown: unsure,
      commit_late: unsure,
      commit_never: unsure,
      terminated: unsure,
    }
    const noteChanges = (): void => {
      if (clusterId !== undefined && network.timeline.isKept)
        notes.newChanges(clusterId).forEach((change) => {
          network.timeline.note(() => `  ${change}`)
        })
    }
    let isDone = false
    const work = (kind: FaultKind | undefined): Pending<L | Trouble, A> => {
      if (kind === 'clock_jumped') database.setClockError(clockErrorMilliseconds(network.random))
      if (database.isReadOnly() && !isRead(call)) return left(unavailable)()
      isDone = true
      return now(act, noteChanges)
    }
    const result = await wireCall<Pending<L | Trouble, A>>(network, replica, {
      call,
      title: () => `${call} ${subject()}`.trimEnd(),
      effect: work,
      answers,
      tell: ({ value }) => {
        if (value === undefined) return undefined
        return E.isLeft(value) ? value.left.code : tell(value.right)
      },
      latestLandingMilliseconds: () => latestCommitMilliseconds,
      refuseToSend: (kind) => {
        if (kind === 'demoted') database.demote(demotionMilliseconds(network.random))
        return undefined
      },
    })
    if (result.bug !== undefined)
      throw new Error(result.bug instanceof Error ? result.bug.message : 'the ledger rejected', { cause: result.bug })
    if (result.value === undefined) throw new Error('the in-memory ledger did not answer at once')
    const wasDone = isDone as boolean
    if (wasDone && !isTaking(call) && E.isLeft(result.value) && result.value.left.code === unavailable.code)
      onBug(new Error(`${call} was said to be unavailable although it was done`))
    return result.value
  }

export type SimulatedLedger = Pick<InMemoryLedger, 'ledger' | 'reads' | 'dueWork' | 'sharedObjects'> & {
  readonly slices: BudgetSlices
}

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
    passFence: parts.sharedObjects.passFence,
  } as SharedObjects
  const slices = {
    take: (request) =>
      send({
        call: 'budget.take',
        subject: () => `${request.registryId} ${request.priority}`,
        act: deps.slices.take(request),
        tell: ({ granted }) => `${String(granted)} of ${String(request.wanted)}`,
      }),
  } as BudgetSlices
  return { ledger, reads, dueWork, sharedObjects, slices }
}
