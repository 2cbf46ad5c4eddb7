import type { Credential } from '../credentials/credential.ts'
import { now } from './now.ts'

/** The same row at every call: its first attempt holds it and may have created the object. */
export const aCredential = (given: Partial<Credential> = {}): Credential => ({
  id: 'credential-1',
  version: 1,
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
  tries: 0,
  createdAt: now,
  ...given,
})
