import type { Cause } from '@pull-secret/domain'
import type { Caller } from './api.ts'

/** Why something is done that a caller asked for. */
export const causeOf = (reason: string, { subject, traceId }: Caller): Cause => ({ subject, reason, traceId })
