import type { RegistryCapabilities, RegistryClient } from '@pull-secret/domain'

/** What a configuration may know better than an adapter: the path between this service and the vendor. */
export interface KnownPath {
  /** Replaces the adapter's own landing window. */
  readonly landingWindowSeconds?: number
  /** Whether nothing on the path may execute a request a second time. */
  readonly executesOnce?: boolean
}

const overlaid = (
  declared: RegistryCapabilities,
  { landingWindowSeconds, executesOnce }: KnownPath,
): RegistryCapabilities => ({
  ...declared,
  landingWindowSeconds: landingWindowSeconds ?? declared.landingWindowSeconds,
  executesOnce: executesOnce ?? declared.executesOnce,
  // What has landed everywhere is let in everywhere.
  settleSeconds: Math.min(declared.settleSeconds, landingWindowSeconds ?? Infinity),
})

/** The same client, with its capabilities as they are where it is configured. */
export const withConfiguredCapabilities = (client: RegistryClient, path: KnownPath): RegistryClient => ({
  ...client,
  capabilities: overlaid(client.capabilities, path),
})
