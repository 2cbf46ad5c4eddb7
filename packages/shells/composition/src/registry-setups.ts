import type { Config, ReadableParts, RegistryConfig } from '@pull-secret/config'
import { callsPerMinute } from '@pull-secret/registry-all'
import * as E from 'fp-ts/lib/Either.js'
import { decodeSection } from './decode-section.ts'
import { findAdapter } from './find-adapter.ts'
import type { RegistrySetup } from './registry-setup.ts'
import type { StartFault } from './start-fault.ts'

/** A type that is built in has a budget of its own, of which an entry may say otherwise. */
const budgetOf = ({ type, budget }: Pick<RegistryConfig, 'type' | 'budget'>): RegistryConfig['budget'] => {
  const perMinute = budget?.perMinute ?? (Object.hasOwn(callsPerMinute, type) ? callsPerMinute[type] : undefined)
  return perMinute === undefined ? budget : { ...budget, perMinute }
}

const fieldOf = (place: number): string => `registries.${String(place)}`

/** What is wrong with the adapters and sections of these entries. */
export const registryFaults = async (registries: ReadableParts['registries']): Promise<ReadonlyArray<StartFault>> => {
  const faults = await Promise.all(
    registries.map(async ({ place, ...entry }): Promise<ReadonlyArray<StartFault>> => {
      const adapter = await findAdapter(entry, fieldOf(place))
      if (E.isLeft(adapter)) return [adapter.left]
      const section = decodeSection({ ...entry, adapter: adapter.right }, fieldOf(place))
      return E.isLeft(section) ? section.left : []
    }),
  )
  return faults.flat()
}

/** Every configured registry with its adapter; otherwise all faults, those of sections included. */
export const registrySetupsOf = async ({
  registries,
}: Pick<Config, 'registries'>): Promise<E.Either<ReadonlyArray<StartFault>, ReadonlyArray<RegistrySetup>>> => {
  const results = await Promise.all(
    registries.map(async (registry, place) =>
      E.map((adapter: RegistrySetup['adapter']): RegistrySetup => ({
        ...registry,
        adapter,
        budget: budgetOf(registry),
      }))(await findAdapter(registry, fieldOf(place))),
    ),
  )
  return results.some(E.isLeft)
    ? E.left(await registryFaults(registries.map((registry, place) => ({ ...registry, place }))))
    : E.right(results.flatMap((result) => (E.isRight(result) ? [result.right] : [])))
}
