import type { Ban } from '../clusters/ban.ts'
import type { Cluster } from '../clusters/cluster.ts'
import type { Credential } from '../credentials/credential.ts'
import type { Transition } from './decision.ts'

/** What the ledger holds for one cluster id, read in one statement: the cluster, its ban, its rows but revoked ones. */
export interface ClusterLedger {
  readonly clusterId: string
  readonly cluster: Cluster | undefined
  /** The newest, be it lifted. */
  readonly ban?: Ban
  /** Ordered by registry, then by generation: no decision depends on how they happen to be stored. */
  readonly credentials: ReadonlyArray<Credential>
  /** The highest generation ever given per registry, revoked rows included. */
  readonly generations: Readonly<Record<string, number>>
  /** The registries that the newest configuration enables, as far as any process has started with one. */
  readonly enabledRegistries?: ReadonlyArray<string>
  /** Those of them without which it publishes nothing. */
  readonly requiredRegistries?: ReadonlyArray<string>
  /** Where the newest configuration has each registry, as far as any process has started with one. */
  readonly scopes?: Readonly<Record<string, string>>
  /** Rises whenever a registry is enabled that was not before. */
  readonly epoch: number
}

export const emptyClusterLedger = (clusterId: string): ClusterLedger => ({
  clusterId,
  cluster: undefined,
  credentials: [],
  generations: {},
  epoch: 0,
})

/** By code units, as every store can order. */
export const inOrder = (
  one: Pick<Credential, 'registryId' | 'generation'>,
  other: Pick<Credential, 'registryId' | 'generation'>,
): number => {
  if (one.registryId === other.registryId) return one.generation - other.generation
  return one.registryId < other.registryId ? -1 : 1
}

const withCredential = (ledger: ClusterLedger, credential: Credential): ClusterLedger => ({
  ...ledger,
  credentials: [...ledger.credentials.filter((other) => other.id !== credential.id), credential]
    .filter((row) => row.state !== 'revoked')
    .sort(inOrder),
  generations: {
    ...ledger.generations,
    [credential.registryId]: Math.max(ledger.generations[credential.registryId] ?? 0, credential.generation),
  },
})

/** What is stored once a transition is written. */
const written = <Row extends { readonly version: number }>(before: Row | undefined, after: Row): Row => ({
  ...after,
  version: before === undefined ? after.version : before.version + 1,
})

/** The ledger as it will be after one transition. */
export const afterTransition = (ledger: ClusterLedger, transition: Transition): ClusterLedger => {
  switch (transition.kind) {
    case 'cluster_moved':
    case 'cluster_noted':
      return { ...ledger, cluster: written(transition.before, transition.after) }
    case 'ban_moved':
      return { ...ledger, ban: written(transition.before, transition.after) }
    case 'credential_added':
      return withCredential(ledger, transition.after)
    case 'credential_moved':
    case 'credential_noted':
      return withCredential(ledger, written(transition.before, transition.after))
  }
}

export const afterTransitions = (ledger: ClusterLedger, transitions: ReadonlyArray<Transition>): ClusterLedger =>
  transitions.reduce(afterTransition, ledger)
