import type { Registry } from '../registries/registry.ts'
import type { Cluster } from './cluster.ts'

/** The enabled registries a cluster is to have: all, or the required ones and those asked for by name. */
export const wantedRegistries = (
  cluster: Pick<Cluster, 'wantsAllRegistries' | 'wantedRegistries'>,
  all: ReadonlyArray<Registry>,
): ReadonlyArray<Registry> =>
  all.filter(
    (registry) =>
      registry.enabled &&
      (cluster.wantsAllRegistries || registry.required || cluster.wantedRegistries.includes(registry.id)),
  )
