import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { RegistrySetup } from './open-registries.ts'
import { registryTypes } from './registry-types.ts'
import type { StartFault } from './start-fault.ts'

/** The configured registries with the adapters of their types, or every type that is unknown. */
export const registrySetupsOf = async (
  config: Config,
): Promise<E.Either<ReadonlyArray<StartFault>, ReadonlyArray<RegistrySetup>>> => {
  const known = Object.keys(registryTypes)
  const faults = config.registries.flatMap((registry, index) =>
    known.includes(registry.type)
      ? []
      : [
          {
            field: `registries.${String(index)}.type`,
            message: `registry ${registry.id}: type must be one of ${known.join(', ')}`,
          },
        ],
  )
  if (faults.length > 0) return E.left(faults)
  return E.right(
    await Promise.all(
      config.registries.map(async (registry): Promise<RegistrySetup> => {
        const load = registryTypes[registry.type]
        if (load === undefined) throw new Error('a registry type was checked and is unknown')
        return { ...registry, adapter: await load() }
      }),
    ),
  )
}
