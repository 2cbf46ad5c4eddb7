import type { Config, RegistryConfig } from '@pull-secret/config'
import { registryTypes } from '@pull-secret/registry-all'
import * as E from 'fp-ts/lib/Either.js'
import type { RegistrySetup } from './open-registries.ts'
import { loadRegistryModule } from './registry-module.ts'
import type { StartFault } from './start-fault.ts'

type Found = E.Either<StartFault, RegistrySetup['adapter']>

const findAdapter = async ({ id, type, module }: RegistryConfig, field: string): Promise<Found> => {
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

/** Every configured registry with its adapter, built in or from the module that it names; otherwise all faults. */
export const registrySetupsOf = async ({
  registries,
}: Pick<Config, 'registries'>): Promise<E.Either<ReadonlyArray<StartFault>, ReadonlyArray<RegistrySetup>>> => {
  const results = await Promise.all(
    registries.map(async (registry, index) =>
      E.map((adapter: RegistrySetup['adapter']): RegistrySetup => ({ ...registry, adapter }))(
        await findAdapter(registry, `registries.${String(index)}`),
      ),
    ),
  )
  const faults = results.flatMap((result) => (E.isLeft(result) ? [result.left] : []))
  return faults.length > 0
    ? E.left(faults)
    : E.right(results.flatMap((result) => (E.isRight(result) ? [result.right] : [])))
}
