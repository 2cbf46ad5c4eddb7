import type { Clock, Registries, Registry, RegistryReport } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as IO from 'fp-ts/lib/IO.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import { patienceMilliseconds } from './patience.ts'

export interface CheckOptions {
  readonly askVendors: boolean
}

/** What is configured, and on request whether each vendor accepts the service. Changes nothing at any vendor. */
export type CheckRegistries = (options: CheckOptions) => T.Task<ReadonlyArray<RegistryReport>>

export interface CheckDeps {
  readonly registries: Registries
  readonly clock: Clock
}

const reportOf =
  (clock: Clock, { askVendors }: CheckOptions) =>
  (registry: Registry): T.Task<RegistryReport> => {
    const { id: registryId, type, enabled, required, hosts, budget } = registry
    const report: IO.IO<RegistryReport> = () => ({
      registryId,
      type,
      enabled,
      required,
      hosts,
      budget,
      isCircuitOpen: registry.isCircuitOpen?.() ?? false,
    })
    return askVendors
      ? pipe(
          registry.client.checkAccess({ deadline: clock.monotonic() + patienceMilliseconds, priority: 'interactive' }),
          T.flatMapIO((access) =>
            pipe(
              report,
              IO.map((known) => ({ ...known, access })),
            ),
          ),
        )
      : T.fromIO(report)
  }

export const makeCheckRegistries =
  ({ registries, clock }: CheckDeps): CheckRegistries =>
  (options) =>
    pipe(registries.all, RA.traverse(T.ApplicativePar)(reportOf(clock, options)))
