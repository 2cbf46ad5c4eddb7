import type { AccessCheck, Clock, Registries, Registry } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'

export interface RegistryReport {
  readonly registryId: string
  readonly type: string
  readonly enabled: boolean
  readonly required: boolean
  readonly hosts: ReadonlyArray<string>
  /** Present when the vendor was asked. */
  readonly access?: AccessCheck
}

/** What is configured, and on request whether each vendor accepts the service. Changes nothing at any vendor. */
export type CheckRegistries = (askVendors: boolean) => T.Task<ReadonlyArray<RegistryReport>>

export interface CheckDeps {
  readonly registries: Registries
  readonly clock: Clock
}

const patienceMilliseconds = 8_000

const reportOf =
  (clock: Clock, askVendors: boolean) =>
  (registry: Registry): T.Task<RegistryReport> => {
    const { id: registryId, type, enabled, required, hosts } = registry
    const report = { registryId, type, enabled, required, hosts }
    return askVendors
      ? pipe(
          registry.client.checkAccess(clock.monotonic() + patienceMilliseconds),
          T.map((access) => ({ ...report, access })),
        )
      : T.of(report)
  }

export const makeCheckRegistries =
  ({ registries, clock }: CheckDeps): CheckRegistries =>
  (askVendors) =>
    pipe(registries.all, RA.traverse(T.ApplicativePar)(reportOf(clock, askVendors)))
