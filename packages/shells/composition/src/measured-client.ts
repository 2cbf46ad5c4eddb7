import type { Clock, Meter, RegistryClient } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import { withEachCall } from './each-call.ts'
import type { CallOutcome } from './registry-health.ts'
import { sharedAccessCheck } from './shared-access-check.ts'

export interface MeasureDeps {
  readonly registryId: string
  readonly clock: Clock
  readonly meter: Meter
  /** Told how each call ended. */
  readonly onOutcome: (outcome: CallOutcome) => void
}

/** The same client, each of its calls counted, timed and told; checks of the access are shared. */
export const measuredClient = (
  client: RegistryClient,
  { registryId, clock, meter, onOutcome }: MeasureDeps,
): RegistryClient => {
  const measured = <A extends CallOutcome>(operation: string, call: T.Task<A>): T.Task<A> =>
    pipe(
      T.fromIO(clock.monotonic),
      T.flatMap((startedAt) =>
        pipe(
          call,
          T.tap((outcome) =>
            T.fromIO(() => {
              onOutcome(outcome)
            }),
          ),
          T.tap((outcome) =>
            T.fromIO(meter.count('registry_calls_total', { registry: registryId, operation, outcome: outcome.kind })),
          ),
          T.tap((outcome) =>
            T.fromIO(() => {
              meter.observe('registry_call_duration_seconds', (clock.monotonic() - startedAt) / 1000, {
                registry: registryId,
                operation,
                outcome: outcome.kind,
              })()
            }),
          ),
        ),
      ),
    )
  const each = withEachCall(client, measured)
  return { ...each, checkAccess: sharedAccessCheck(each.checkAccess, clock) }
}
