import type { IO } from 'fp-ts/lib/IO.js'
import type { RegistryFacts } from '../ledger/deployment-register.ts'
import type { BudgetTerms } from '../limits/budget-slices.ts'
import type { RegistryClient } from './registry-client.ts'

/** A configured registry: one instance of a type, under an id that never changes its vendor scope. */
export interface Registry {
  readonly id: string
  readonly type: string
  /** A disabled registry gets no new credentials; existing entries stay. */
  readonly enabled: boolean
  /** No document is published before every required registry has a credential. */
  readonly required: boolean
  /** Hosts of the document's entries that this registry's credential serves, its aliases included. */
  readonly hosts: ReadonlyArray<string>
  /** Written beside `auth` where configured. */
  readonly email?: string
  /** How long one attempt holds its row; at least 6. */
  readonly leaseSeconds: number
  /** How many requests may be sent to it. Absent: any number. */
  readonly budget?: BudgetTerms
  /** In how many seconds a caller's request that came now could be sent. Absent: at once. */
  readonly secondsUntilTurn?: IO<number>
  readonly client: RegistryClient
  /** Whether this process asks it rarely, since it failed again and again. Absent where every call goes through. */
  readonly isCircuitOpen?: IO<boolean>
}

/** What all replicas have to agree on. */
export const factsOf = ({ id, enabled, required, client: { scope } }: Registry): RegistryFacts => ({
  id,
  scope,
  enabled,
  required,
})

export interface Registries {
  readonly all: ReadonlyArray<Registry>
  readonly find: (registryId: string) => Registry | undefined
}

export const makeRegistries = (all: ReadonlyArray<Registry>): Registries => ({
  all,
  find: (registryId) => all.find((registry) => registry.id === registryId),
})

/** Calls end this long before their lease does, so that a slow clock or a paused process stays inside it. */
const leaseMarginSeconds = 5

/** How long an attempt may send, from when its lease was asked for. */
export const sendSeconds = ({ leaseSeconds }: Registry): number => leaseSeconds - leaseMarginSeconds

/** When a lease that was asked for at `startedAt` has ended at the latest, by the monotonic clock. */
export const leaseEnd = (registry: Registry, startedAt: number): number => startedAt + registry.leaseSeconds * 1000

/** The last monotonic millisecond at which an attempt may send, for a lease asked for at `startedAt`. */
export const sendDeadline = (registry: Registry, startedAt: number): number => startedAt + sendSeconds(registry) * 1000
