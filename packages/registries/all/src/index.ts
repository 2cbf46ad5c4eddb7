import type { RegistryAdapter } from '@pull-secret/domain'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- only the adapter sees the type of its own section
type LoadAdapter = () => Promise<RegistryAdapter<any>>

/** How many calls a minute the vendors of built-in types allow a customer; a type that is missing has no budget. */
export const callsPerMinute: Readonly<Record<string, number>> = { quay: 60, rhit: 120 }

/** How many requests a new credential costs at a built-in type with a budget: to create it, and for its first login. */
export const requestsPerCredential: Readonly<Record<string, { readonly create: number; readonly login: number }>> = {
  quay: { create: 2, login: 2 },
  rhit: { create: 1, login: 2 },
}

/** The built-in registry types, one line each. An adapter is loaded when a registry of its type is configured. */
// prettier-ignore -- a long name would be broken into lines, and a type is one line here
export const registryTypes: Readonly<Record<string, LoadAdapter>> = {
  distribution: async () => (await import('@pull-secret/registry-distribution')).distributionRegistry,
  quay: async () => (await import('@pull-secret/registry-quay')).quayRegistry,
  rhit: async () => (await import('@pull-secret/registry-rhit')).rhitRegistry,
}
