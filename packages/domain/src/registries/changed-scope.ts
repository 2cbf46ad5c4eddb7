import type { Failure } from '../errors.ts'
import type { RegistryScope } from '../ledger/deployment-register.ts'
import type { Registries } from './registry.ts'

/** The first registry whose configured scope is not the one its unrevoked credentials live in. */
export const changedScope = (inUse: ReadonlyArray<RegistryScope>, registries: Registries): Failure<'SCOPE_CHANGED'> | undefined => {
  const moved = inUse.find(({ registryId, scope }) => {
    const registry = registries.find(registryId)
    return registry !== undefined && registry.client.scope !== scope
  })
  return moved === undefined
    ? undefined
    : { code: 'SCOPE_CHANGED', registryId: moved.registryId, stored: moved.scope, configured: registries.find(moved.registryId)?.client.scope ?? '' }
}
