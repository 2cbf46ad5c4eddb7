import type { Ban } from '../clusters/ban.ts'
import { now } from './now.ts'

/** A ban that stands. */
export const aBan = (given: Partial<Ban> = {}): Ban => ({
  clusterId: 'cls-abc123',
  version: 1,
  state: 'standing',
  reason: 'found in a public log',
  bannedBy: 'sre',
  bannedAt: now,
  ...given,
})
