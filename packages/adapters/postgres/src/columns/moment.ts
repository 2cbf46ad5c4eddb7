import type { Instant } from '@pull-secret/domain'

export const moment = (instant: Instant | undefined): Date | undefined =>
  instant === undefined ? undefined : new Date(instant)

/** A timestamp as an `Instant`, in SQL. */
export const epochMilliseconds = (column: string): string => `(date_part('epoch', ${column}) * 1000)::bigint`
