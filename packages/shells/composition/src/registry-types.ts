import type { RegistryAdapter } from '@pull-secret/domain'

/** Adding a registry type is one line here and one dependency. Loaded when configured. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- only the adapter sees the type of its own section
export const registryTypes: Readonly<Record<string, () => Promise<RegistryAdapter<any>>>> = {
  quay: async () => (await import('@pull-secret/registry-quay')).quayRegistry,
  rhit: async () => (await import('@pull-secret/registry-rhit')).rhitRegistry,
  distribution: async () => (await import('@pull-secret/registry-distribution')).distributionRegistry,
}
