import type { Cause } from '../audit/audit-record.ts'
import { type Credential, hasFreeLease } from '../credentials/credential.ts'
import type { ClusterLedger } from '../ledger/cluster-ledger.ts'
import type { Transition } from '../ledger/decision.ts'
import type { Instant } from '../platform/instant.ts'
import type { Registries } from '../registries/registry.ts'
import { takeLease } from './lease.ts'
import { revokeNow } from './revoke.ts'

export interface WithdrawContext {
  readonly registries: Registries
  /** Fresh attempt ids; rows beyond their number are left to recovery. */
  readonly attemptIds: ReadonlyArray<string>
}

/** The rows that the caller now holds and must try to delete at their vendors. */
export type Held = ReadonlyArray<Credential>

/** Moves every row of a cluster out of use, whoever holds it. */
export const withdrawAll = (
  ledger: ClusterLedger,
  { registries }: WithdrawContext,
  cause: Cause,
  now: Instant,
): ReadonlyArray<Transition> =>
  ledger.credentials.flatMap(
    (row) => revokeNow(row, registries.find(row.registryId)?.client.capabilities, cause, now) ?? [],
  )

/**
 * Every row being revoked that is due, that nobody holds and whose registry is configured is taken, so that its
 * deletion starts at once.
 */
export const takeRevoking = (
  ledger: ClusterLedger,
  { registries, attemptIds }: WithdrawContext,
  now: Instant,
): ReadonlyArray<Extract<Transition, { kind: 'credential_noted' }>> =>
  ledger.credentials
    .filter((row) => row.state === 'revoking' && hasFreeLease(row, now) && (row.nextAttemptAt ?? now) <= now)
    .flatMap((row, index) => {
      const registry = registries.find(row.registryId)
      const attemptId = attemptIds[index]
      return registry === undefined || registry.client.scope !== row.scope || attemptId === undefined
        ? []
        : [
            {
              kind: 'credential_noted' as const,
              before: row,
              after: takeLease(row, { attemptId, leaseSeconds: registry.leaseSeconds }, now),
            },
          ]
    })
