import {
  associatedDataOf,
  type Cipher,
  type Clock,
  type Credential,
  type Deadline,
  type Failure,
  type LedgerReads,
  type Logger,
  type Registry,
  sendDeadline,
  type SharedContent,
  type SharedEntry,
  type SharedObjectLease,
  type SharedObjects,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { isolateFailure } from './isolate-failure.ts'
import { type Group, makeWaitingGroups } from './waiting-groups.ts'

export interface SharedContentDeps {
  readonly sharedObjects: SharedObjects
  readonly reads: LedgerReads
  readonly cipher: Cipher
  readonly clock: Clock
  readonly logger: Logger
}

type Unavailable = Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>

/** Runs a vendor call that writes a shared object, with what the object may hold; without one, just runs it. */
export type WithSharedContent = (
  registry: Registry,
  attemptId: string,
  deadline: Deadline,
) => <A extends { readonly kind: string }>(
  call: (shared: SharedContent | undefined) => T.Task<A>,
) => TE.TaskEither<Unavailable, A>

interface OpenedObject {
  readonly lease: SharedObjectLease
  readonly content: SharedContent
}

const busy: Failure<'SHARED_OBJECT_BUSY'> = { code: 'SHARED_OBJECT_BUSY' }

const pollMilliseconds = 50
const longestPollMilliseconds = 800

/** Who has less time left for its write than this would only make the others of its group hurry. */
const leastMilliseconds = (registry: Registry): number => Math.min(2000, sendDeadline(registry, 0) / 2)

const entryOf =
  (cipher: Cipher) =>
  (row: Credential): SharedEntry => ({
    vendorName: row.vendorName,
    wasCreated: row.state !== 'intended',
    openToken: () => cipher.open(row.sealedToken ?? '', associatedDataOf(row)),
  })

/**
 * Nobody else writes while a write under this lease may still land: an object that is replaced as a whole would lose
 * what came after.
 */
const heldSeconds = ({ leaseSeconds, client }: Registry): number =>
  leaseSeconds + client.capabilities.landingWindowSeconds

const hasTime = ({ clock }: SharedContentDeps, registry: Registry, deadline: Deadline, milliseconds = 0): boolean =>
  clock.monotonic() + milliseconds + leastMilliseconds(registry) < deadline

const takeFor = (
  deps: SharedContentDeps,
  registry: Registry,
  attemptId: string,
  earliestDeadline: IO<Deadline>,
  pause = pollMilliseconds,
): TE.TaskEither<Unavailable, SharedObjectLease> =>
  pipe(
    deps.sharedObjects.take(registry.id, attemptId, heldSeconds(registry)),
    TE.orElse((failure) =>
      failure.code === 'SHARED_OBJECT_BUSY' && hasTime(deps, registry, earliestDeadline(), pause)
        ? pipe(
            TE.fromTask(deps.clock.sleep(pause)),
            TE.flatMap(() =>
              takeFor(deps, registry, attemptId, earliestDeadline, Math.min(longestPollMilliseconds, pause * 2)),
            ),
          )
        : TE.left(failure),
    ),
  )

const contentUnder = (deps: SharedContentDeps, lease: SharedObjectLease): TE.TaskEither<Unavailable, OpenedObject> =>
  pipe(
    deps.reads.sharedObjectRows(lease.registryId),
    TE.map((rows) => ({ lease, content: { entries: rows.map(entryOf(deps.cipher)), fence: lease.fence } })),
    TE.tapError(() => TE.fromTask(deps.sharedObjects.release(lease, 'nothing-written'))),
  )

/** Outcomes after which nothing was written, nor will be. */
const writesNothing: ReadonlySet<string> = new Set(['refused', 'not_sent'])

/**
 * The last one gives the lease back. A write of which nobody knows whether it is over keeps the object to itself until
 * it must have landed.
 */
const leave = (
  deps: SharedContentDeps,
  { group, lease }: { readonly group: Group<unknown>; readonly lease: SharedObjectLease },
  outcome: E.Either<unknown, { readonly kind: string }>,
): T.Task<void> =>
  pipe(
    T.fromIO(
      group.leave({
        isUnsure: E.isRight(outcome) && outcome.right.kind === 'unknown',
        hasWritten: E.isRight(outcome) && !writesNothing.has(outcome.right.kind),
      }),
    ),
    T.flatMap((use) => (use === undefined ? T.of(undefined) : deps.sharedObjects.release(lease, use))),
    T.map(() => undefined),
  )

/**
 * Calls of this process that wait for one object at the same time take it together: under one lease, with one content,
 * so that it is written once for all of them. Who comes after that lease was given waits for the next one, since the
 * content may have been read before its row was written down.
 */
export const makeWithSharedContent = (deps: SharedContentDeps): WithSharedContent => {
  const groups = makeWaitingGroups<E.Either<Unavailable, OpenedObject>>()

  const open =
    (registry: Registry, attemptId: string) =>
    (earliestDeadline: IO<Deadline>): TE.TaskEither<Unavailable, OpenedObject> =>
      pipe(
        takeFor(deps, registry, attemptId, earliestDeadline),
        isolateFailure(deps.logger, 'taking a shared object'),
        T.tap(() => T.fromIO(groups.close(registry.id))),
        TE.flatMap((lease) => contentUnder(deps, lease)),
      )

  const runTogether = <A extends { readonly kind: string }>(
    registry: Registry,
    attemptId: string,
    deadline: Deadline,
    call: (shared: SharedContent) => T.Task<A>,
  ): TE.TaskEither<Unavailable, A> =>
    pipe(
      T.fromIO(groups.join(registry.id, deadline, open(registry, attemptId))),
      T.flatMap((group) =>
        pipe(
          group.opened,
          TE.flatMap(({ lease, content }) =>
            pipe(
              TE.fromIO<boolean, Unavailable>(() => hasTime(deps, registry, deadline)),
              TE.flatMap((isInTime) => (isInTime ? TE.fromTask<A, Unavailable>(call(content)) : TE.left(busy))),
              T.tap((outcome) => leave(deps, { group, lease }, outcome)),
            ),
          ),
        ),
      ),
      TE.orElse((failure) =>
        // The time of another one in the group was up.
        failure.code === 'SHARED_OBJECT_BUSY' && hasTime(deps, registry, deadline, pollMilliseconds)
          ? runTogether(registry, attemptId, deadline, call)
          : TE.left(failure),
      ),
    )

  return (registry, attemptId, deadline) => (call) =>
    registry.client.capabilities.sharedObject
      ? runTogether(registry, attemptId, deadline, call)
      : TE.fromTask(call(undefined))
}
