import type { RegistryConfig } from '@pull-secret/config'
import { registryTypes } from '@pull-secret/registry-all'
import * as E from 'fp-ts/lib/Either.js'
import { loadRegistryModule } from './registry-module.ts'
import type { RegistrySetup } from './registry-setup.ts'
import type { StartFault } from './start-fault.ts'

type Found = E.Either<StartFault, RegistrySetup['adapter']>

/** The adapter of an entry, built in or from the module that it names. `field` is the path of the entry. */
export const findAdapter = async (
  { id, type, module }: Pick<RegistryConfig, 'id' | 'type' | 'module'>,
  field: string,
): Promise<Found> => {
  const fault = (key: 'type' | 'module', rule: string): Found =>
    E.left({ field: `${field}.${key}`, message: `registry ${id}: ${key} ${rule}` })

  if (module === undefined) {
    const load = Object.hasOwn(registryTypes, type) ? registryTypes[type] : undefined
    return load === undefined
      ? fault('type', `must be one of ${Object.keys(registryTypes).join(', ')}, unless module names an adapter`)
      : E.right(await load())
  }
  const loaded = await loadRegistryModule(module)
  if (E.isLeft(loaded)) return fault('module', loaded.left)
  return loaded.right.type === type ? loaded : fault('type', `must be ${loaded.right.type}, as its module says`)
}
