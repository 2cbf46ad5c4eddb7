import type { AdoptOutcome, Clock, Failure, Registries, SharedObjects } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { patienceMilliseconds } from './patience.ts'

export type AdoptResult = AdoptOutcome | { readonly kind: 'no_such_registry' } | { readonly kind: 'no_shared_object' }

/**
 * After the ledger was restored to an earlier time, lets it write a registry's shared object again: every entry in it
 * stays, and the ledger's fence passes that of the object. To be repeated until it succeeds.
 */
export type AdoptSharedObject = (
  registryId: string,
) => TE.TaskEither<Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>, AdoptResult>

export interface AdoptDeps {
  readonly registries: Registries
  readonly sharedObjects: SharedObjects
  readonly clock: Clock
}

/** Entries are kept before the fence is passed: until then nobody's write is let through that would remove them. */
export const makeAdoptSharedObject =
  ({ registries, sharedObjects, clock }: AdoptDeps): AdoptSharedObject =>
  (registryId) => {
    const registry = registries.find(registryId)
    if (registry === undefined) return TE.right({ kind: 'no_such_registry' })
    const { adoptSharedObject } = registry.client
    if (adoptSharedObject === undefined) return TE.right({ kind: 'no_shared_object' })
    return pipe(
      TE.fromTask(() =>
        adoptSharedObject({ deadline: clock.monotonic() + patienceMilliseconds, priority: 'interactive' })(),
      ),
      TE.tap((outcome) =>
        outcome.kind === 'adopted' ? sharedObjects.passFence(registryId, outcome.fence) : TE.right(undefined),
      ),
    )
  }
