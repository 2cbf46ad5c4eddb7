import type {
  Cause,
  Cluster,
  ClusterLedger,
  Credential,
  Registry,
  RegistryCapabilities,
  RegistryClient,
} from '../src/index.ts'

export const now = Date.parse('2026-03-01T12:00:00Z')
export const cause: Cause = { subject: 'adapter', reason: 'cluster_provisioning', traceId: 'trace' }

export const capabilities = (given: Partial<RegistryCapabilities> = {}): RegistryCapabilities => ({
  recoveryClass: 'read-back',
  uniqueNames: true,
  landingWindowSeconds: 900,
  executesOnce: false,
  deleteConsistency: 'strong',
  revocable: true,
  sharedObject: false,
  ...given,
})

export const aRegistry = (
  id = 'quay',
  given: Partial<RegistryCapabilities> = {},
  more: Partial<Registry> = {},
): Registry => ({
  id,
  type: id,
  enabled: true,
  required: true,
  hosts: [`${id}.example.com`],
  leaseSeconds: 30,
  client: {
    capabilities: capabilities(given),
    scope: 'scope',
    vendorName: ({ entropy }) => `${id}-${entropy}`,
  } as RegistryClient,
  ...more,
})

export const aCluster = (given: Partial<Cluster> = {}): Cluster => ({
  id: 'cls-abc123',
  state: 'live',
  incarnation: 1,
  wantsAllRegistries: true,
  wantedRegistries: [],
  createdAt: now,
  createdBy: 'adapter',
  sealedFingerprintKey: 'sealed',
  ...given,
})

export const aCredential = (given: Partial<Credential> = {}): Credential => ({
  id: 'credential-1',
  clusterId: 'cls-abc123',
  incarnation: 1,
  registryId: 'quay',
  generation: 1,
  scope: 'scope',
  vendorName: 'quay-1',
  state: 'intended',
  fence: 1,
  lease: { attemptId: 'attempt-1', takenAt: now, expiresAt: now + 30_000 },
  attempts: 1,
  outcome: 'unknown',
  settlesAt: now + 930_000,
  nextAttemptAt: now + 30_000,
  revocations: 0,
  createdAt: now,
  ...given,
})

export const aLedger = (cluster: Cluster | undefined, ...credentials: ReadonlyArray<Credential>): ClusterLedger => ({
  clusterId: 'cls-abc123',
  cluster,
  credentials,
  generations: Object.fromEntries(credentials.map((row) => [row.registryId, row.generation])),
})
