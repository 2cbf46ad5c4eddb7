import {
  associatedDataOf,
  type Cipher,
  type Clock,
  type Credential,
  type Deadline,
  type Failure,
  type LedgerReads,
  type Registry,
  type SharedContent,
  type SharedEntry,
  type SharedObjectLease,
  type SharedObjects,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface SharedContentDeps {
  readonly sharedObjects: SharedObjects
  readonly reads: LedgerReads
  readonly cipher: Cipher
  readonly clock: Clock
}

type Unavailable = Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE' | 'KEY_UNAVAILABLE'>

/** Runs a vendor call that writes a shared object, with what the object must hold; without one, just runs it. */
export type WithSharedContent = (
  registry: Registry,
  attemptId: string,
  deadline: Deadline,
) => <A extends { readonly kind: string }>(
  call: (shared: SharedContent | undefined) => T.Task<A>,
) => TE.TaskEither<Unavailable, A>

const pollMilliseconds = 50

const entryOf =
  (cipher: Cipher) =>
  (row: Credential): E.Either<Failure<'KEY_UNAVAILABLE'>, SharedEntry> =>
    pipe(
      cipher.open(row.sealedToken ?? '', associatedDataOf(row)),
      E.map((token) => ({ vendorName: row.vendorName, token })),
    )

/**
 * Nobody else writes while a write under this lease may still land: an object that is replaced as a whole would lose
 * what came after.
 */
const heldSeconds = ({ leaseSeconds, client }: Registry): number =>
  leaseSeconds + client.capabilities.landingWindowSeconds

const takeBefore = (
  deps: SharedContentDeps,
  registry: Registry,
  attemptId: string,
  deadline: Deadline,
): TE.TaskEither<Unavailable, SharedObjectLease> =>
  pipe(
    deps.sharedObjects.take(registry.id, attemptId, heldSeconds(registry)),
    TE.orElse((failure) =>
      failure.code === 'SHARED_OBJECT_BUSY' && deps.clock.monotonic() + pollMilliseconds < deadline
        ? pipe(
            TE.fromTask(deps.clock.sleep(pollMilliseconds)),
            TE.flatMap(() => takeBefore(deps, registry, attemptId, deadline)),
          )
        : TE.left(failure),
    ),
  )

const contentUnder = (deps: SharedContentDeps, lease: SharedObjectLease): TE.TaskEither<Unavailable, SharedContent> =>
  pipe(
    deps.reads.sharedObjectRows(lease.registryId),
    TE.flatMap((rows) => TE.fromEither(pipe(rows, RA.traverse(E.Applicative)(entryOf(deps.cipher))))),
    TE.map((entries) => ({ entries, fence: lease.fence })),
  )

/** A write of which nobody knows whether it is over keeps the object to itself until it must have landed. */
const releaseAfter = (
  deps: SharedContentDeps,
  lease: SharedObjectLease,
  outcome: E.Either<unknown, { readonly kind: string }>,
): T.Task<void> =>
  E.isRight(outcome) && outcome.right.kind === 'unknown'
    ? T.of(undefined)
    : pipe(
        deps.sharedObjects.release(lease),
        T.map(() => undefined),
      )

export const makeWithSharedContent =
  (deps: SharedContentDeps): WithSharedContent =>
  (registry, attemptId, deadline) =>
  (call) =>
    registry.client.capabilities.sharedObject
      ? pipe(
          takeBefore(deps, registry, attemptId, deadline),
          TE.flatMap((lease) =>
            pipe(
              contentUnder(deps, lease),
              TE.flatMap((content) => TE.fromTask(call(content))),
              T.tap((outcome) => releaseAfter(deps, lease, outcome)),
            ),
          ),
        )
      : TE.fromTask(call(undefined))
