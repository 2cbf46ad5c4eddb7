import type { Credential } from '../credentials/credential.ts'
import { now } from './now.ts'

let built = 0

/** Another row at every call, with an id and a vendor name of its own. Nobody holds it, and nothing was sent for it. */
export const aFreshCredential = (given: Partial<Credential> = {}): Credential => {
  built += 1
  const number = built.toString(16)
  return {
    id: `00000000-0000-4000-8000-${number.padStart(12, '0')}`,
    version: 1,
    clusterId: 'cls-abc123',
    incarnation: 1,
    registryId: 'quay',
    generation: 1,
    scope: 'https://quay.example.com|org',
    vendorName: `hyperfleet_gcp_${number.padStart(16, '0')}`,
    state: 'intended',
    fence: 0,
    attempts: 0,
    outcome: 'none',
    tries: 0,
    createdAt: now,
    ...given,
  }
}
