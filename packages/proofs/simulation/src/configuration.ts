import type { ImaginaryVendor } from './vendors/imaginary-vendor.ts'
import { landingWindowSeconds } from './vendors/vendor-knobs.ts'

/**
 * What a change of configuration may be about: whether a registry is required, whether it is enabled, a further host,
 * the vendor's place with another host, a longer landing window, and whether to believe that the vendor executes every
 * request once.
 */
export const settings = ['required', 'enabled', 'hosts', 'scope', 'landing_window', 'executes_once'] as const

export type Setting = (typeof settings)[number]

export interface Change {
  /** The number of the registry, from 0. */
  readonly registry: number
  readonly setting: Setting
}

/** What was changed since a history began. Replicas may have come differently far. */
export type Configuration = ReadonlyArray<Change>

/** A registry of the simulated configuration and the vendor behind it. */
export interface SimulatedRegistry {
  readonly id: string
  /** Whether it is required before anything is changed. */
  readonly required: boolean
  readonly vendor: ImaginaryVendor
  /** Where a change of its scope leads; made when it is asked for. */
  readonly moved: () => ImaginaryVendor
  /** Every vendor that was ever behind it. */
  readonly vendors: () => ReadonlyArray<ImaginaryVendor>
}

/** One registry as a process is told of it. */
export interface ConfiguredRegistry {
  readonly id: string
  readonly required: boolean
  readonly enabled: boolean
  readonly hosts: ReadonlyArray<string>
  readonly scope: string
  readonly vendor: ImaginaryVendor
  readonly landingWindowSeconds: number
  readonly executesOnce: boolean
}

const addedLandingSeconds = 600

export const hostOf = (registryId: string): string => `${registryId}.example.com`
const movedHostOf = (registryId: string): string => `moved-${hostOf(registryId)}`
const aliasOf = (host: string): string => `alias-${host}`

export const configured = (
  registry: SimulatedRegistry,
  index: number,
  configuration: Configuration,
): ConfiguredRegistry => {
  const { id, required } = registry
  const isChanged = (setting: Setting): boolean =>
    configuration.some((change) => change.registry === index && change.setting === setting)
  const isMoved = isChanged('scope')
  const vendor = isMoved ? registry.moved() : registry.vendor
  const host = isMoved ? movedHostOf(id) : hostOf(id)
  return {
    id,
    required: required !== isChanged('required'),
    enabled: !isChanged('enabled'),
    hosts: isChanged('hosts') ? [host, aliasOf(host)] : [host],
    scope: isMoved ? 'elsewhere' : 'imaginary',
    vendor,
    landingWindowSeconds: landingWindowSeconds(vendor.knobs) + (isChanged('landing_window') ? addedLandingSeconds : 0),
    executesOnce: vendor.knobs.executesOnce && !isChanged('executes_once'),
  }
}

/** The registries of the newest configuration. */
export const newestRegistries = ({
  fleet: { registries },
  newestConfiguration,
}: {
  readonly fleet: { readonly registries: ReadonlyArray<SimulatedRegistry> }
  readonly newestConfiguration: Configuration
}): ReadonlyArray<ConfiguredRegistry> =>
  registries.map((registry, index) => configured(registry, index, newestConfiguration))

/** The registry that a host of a document belongs to, and the vendor that answers there. */
export const behindHost = (
  registries: ReadonlyArray<SimulatedRegistry>,
  host: string,
): { readonly registryId: string; readonly vendor: ImaginaryVendor } => {
  for (const { id, vendor, moved } of registries) {
    if (host === hostOf(id) || host === aliasOf(hostOf(id))) return { registryId: id, vendor }
    if (host === movedHostOf(id) || host === aliasOf(movedHostOf(id))) return { registryId: id, vendor: moved() }
  }
  throw new Error(`a document names ${host}, which is not configured`)
}
