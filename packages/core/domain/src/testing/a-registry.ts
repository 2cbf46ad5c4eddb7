import type { RegistryCapabilities } from '../registries/capabilities.ts'
import type { Registry } from '../registries/registry.ts'
import type { RegistryClient } from '../registries/registry-client.ts'
import { someCapabilities } from './some-capabilities.ts'

export interface GivenRegistry extends Partial<Omit<Registry, 'id' | 'client'>> {
  readonly capabilities?: Partial<RegistryCapabilities>
  readonly client?: Partial<RegistryClient>
}

/** An enabled, required registry. A vendor call that the spec does not give is missing, so that nothing can make it. */
export const aRegistry = (id = 'quay', { capabilities, client, ...given }: GivenRegistry = {}): Registry => ({
  id,
  type: id,
  enabled: true,
  required: true,
  hosts: [`${id}.example.com`],
  leaseSeconds: 30,
  client: {
    capabilities: someCapabilities(capabilities),
    scope: 'scope',
    vendorName: ({ entropy }) => `${id}-${entropy}`,
    ...client,
  } as RegistryClient,
  ...given,
})
