import type { SettingPath, SettingValues } from './settings.ts'

/** How many requests may come, in the long run and at once. */
export interface RateLimit {
  readonly perMinute: number
  readonly perSecond: number
}

/** What limits requests in each process. */
export interface RateLimitsConfig {
  /** For each caller. */
  readonly standard: RateLimit
  /** For each address, of requests without a token that is known to be good. */
  readonly unauthenticated: RateLimit
  /** For single callers, by the name that the audit has of them. */
  readonly subjects: ReadonlyArray<{ readonly subject: string; readonly standard: RateLimit }>
}

type RateLimitsValues = Pick<SettingValues, Extract<SettingPath, `rate_limits.${string}`>>

/** What a caller has no limit of its own for holds as for everybody. */
export const toRateLimitsConfig = (values: RateLimitsValues): RateLimitsConfig => {
  const standard: RateLimit = {
    perMinute: values['rate_limits.standard.per_minute'],
    perSecond: values['rate_limits.standard.per_second'],
  }
  return {
    standard,
    unauthenticated: {
      perMinute: values['rate_limits.unauthenticated.per_minute'],
      perSecond: values['rate_limits.unauthenticated.per_second'],
    },
    subjects: values['rate_limits.subjects'].map(({ subject, standard: own }) => ({
      subject,
      standard: {
        perMinute: own.per_minute ?? standard.perMinute,
        perSecond: own.per_second ?? standard.perSecond,
      },
    })),
  }
}
