import type { Instant } from '@pull-secret/domain'
import type { AnsweredError } from '@pull-secret/wire'
import type { Standing } from './quotas.ts'

/** What an answer tells its caller of the limit. */
export const limitHeaders = (
  { limit, remaining, fullInMilliseconds }: Standing,
  now: Instant,
): Readonly<Record<string, string>> => ({
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Reset': String(Math.ceil((now + fullInMilliseconds) / 1000)),
})

export const rateLimited = ({ limit, windowSeconds, waitMilliseconds }: Standing): AnsweredError => ({
  code: 'RATE_LIMITED',
  limit,
  windowSeconds,
  retryAfterSeconds: Math.ceil(waitMilliseconds / 1000),
})
