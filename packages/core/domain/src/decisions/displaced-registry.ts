import type { Failure } from '../errors.ts'
import type { RegistryFacts, RegistryScope } from '../ledger/deployment-register.ts'

export type DisplacedRegistry = Failure<'SCOPE_CHANGED' | 'REGISTRY_MISSING'>

type Place = Pick<RegistryFacts, 'id' | 'scope'>

const displacement = (
  { registryId, scope, credentials, clusterId }: RegistryScope,
  registries: ReadonlyArray<Place>,
): DisplacedRegistry | undefined => {
  const registry = registries.find(({ id }) => id === registryId)
  if (registry === undefined) return { code: 'REGISTRY_MISSING', registryId }
  const configured = registry.scope
  return configured === scope
    ? undefined
    : { code: 'SCOPE_CHANGED', registryId, stored: scope, configured, credentials, clusterId }
}

/**
 * The first registry that is not, or no longer, where its unrevoked credentials live: nobody could revoke them, and
 * documents would lose their entries.
 */
export const displacedRegistry = (
  inUse: ReadonlyArray<RegistryScope>,
  registries: ReadonlyArray<Place>,
): DisplacedRegistry | undefined =>
  inUse.map((scope) => displacement(scope, registries)).find((displaced) => displaced !== undefined)
