import type { Instant } from '@pull-secret/domain'

export const moment = (instant: Instant | undefined): Date | undefined => (instant === undefined ? undefined : new Date(instant))
