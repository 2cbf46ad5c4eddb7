import type { SettingPath, SettingValues } from './settings.ts'

/** How many requests may come, in the long run and at once. */
export interface RateLimit {
  readonly perMinute: number
  readonly perSecond: number
}

/** What limits requests in each process. */
export interface RateLimitsConfig {
  /** For each caller. What is absent is decided by the mode. */
  readonly standard: Partial<RateLimit>
  /** For each address, of requests without a token that is known to be good. */
  readonly unauthenticated: RateLimit
  /** For single callers, by the name that the audit has of them. What is absent holds as for everybody. */
  readonly subjects: ReadonlyArray<{ readonly subject: string; readonly standard: Partial<RateLimit> }>
}

type RateLimitsValues = Pick<SettingValues, Extract<SettingPath, `rate_limits.${string}`>>

export const toRateLimitsConfig = (values: RateLimitsValues): RateLimitsConfig => ({
  standard: {
    perMinute: values['rate_limits.standard.per_minute'],
    perSecond: values['rate_limits.standard.per_second'],
  },
  unauthenticated: {
    perMinute: values['rate_limits.unauthenticated.per_minute'],
    perSecond: values['rate_limits.unauthenticated.per_second'],
  },
  subjects: values['rate_limits.subjects'].map(({ subject, standard: own }) => ({
    subject,
    standard: { perMinute: own.per_minute, perSecond: own.per_second },
  })),
})
