import type { Instant } from '../platform/instant.ts'

/** The time it is where a spec does not say otherwise. */
export const now: Instant = Date.parse('2026-03-01T12:00:00Z')
