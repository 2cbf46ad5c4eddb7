import type { RegistryCapabilities } from '../registries/capabilities.ts'

/** Those of a registry that reads back what it created and deletes at once. */
export const someCapabilities = (given: Partial<RegistryCapabilities> = {}): RegistryCapabilities => ({
  recoveryClass: 'read-back',
  uniqueNames: true,
  landingWindowSeconds: 900,
  executesOnce: false,
  deleteConsistency: 'strong',
  revocable: true,
  settleSeconds: 0,
  sharedObject: false,
  ...given,
})
