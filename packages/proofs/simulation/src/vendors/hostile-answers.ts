import type { Instant } from '@pull-secret/domain'
import type { Random } from '../random.ts'
import { epoch } from '../simulated-clock.ts'

/** The last moment that a date can name, in the year 275760. */
const lastDate: Instant = 8.64e15

/** What a vendor may ask for with a throttled request: 31 years, or a date in the year 275760. */
export const absurdRetryAfterSeconds = (random: Random, now: number): number =>
  random.pick([999_999_999, Math.floor((lastDate - epoch - now) / 1000)])

/** When a credential is said to end. */
export interface Announcement {
  readonly expiresAt: Instant
  readonly refreshAfter?: Instant
}

const oneDay = 86_400_000

/** Said of credentials that go on working. */
const ended = (now: Instant): ReadonlyArray<Instant> => [NaN, -lastDate, -1, 0, now - oneDay, now - 1000, now + 1000]

/** Said of credentials that end when they are deleted, or one lifetime after they were minted. */
const endless: ReadonlyArray<Instant> = [Infinity, lastDate, lastDate - 1, Date.parse('9999-12-31T23:59:59Z')]

/**
 * An end that no credential has. A vendor whose credentials end earlier than it says, though not by as much as that no
 * life is so long, cannot be withstood and is not played.
 */
export const strangeAnnouncement = (random: Random, now: Instant): Announcement => {
  const expiresAt = random.pick([...ended(now), ...endless])
  return random.chance(0.5) ? { expiresAt } : { expiresAt, refreshAfter: random.pick([expiresAt, NaN, 0, lastDate]) }
}
