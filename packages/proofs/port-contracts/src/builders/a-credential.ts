import type { Credential } from '@pull-secret/domain'

const start = Date.parse('2026-03-01T12:00:00Z')

const idOf = (seed: number): string => `00000000-0000-4000-8000-${seed.toString(16).padStart(12, '0')}`

let built = 0

/** A fresh row; every call gives another id and another vendor name. */
export const aCredential = (given: Partial<Credential> = {}): Credential => {
  built += 1
  return {
    id: idOf(built),
    clusterId: 'cls-abc123',
    incarnation: 1,
    registryId: 'quay',
    generation: 1,
    scope: 'https://quay.example.com|org',
    vendorName: `hyperfleet_gcp_${built.toString(16).padStart(16, '0')}`,
    state: 'intended',
    fence: 0,
    attempts: 0,
    outcome: 'none',
    revocations: 0,
    createdAt: start,
    ...given,
  }
}
