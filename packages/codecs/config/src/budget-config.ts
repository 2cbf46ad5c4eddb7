import { exactly, wholeNumber } from '@pull-secret/decoding'
import * as t from 'io-ts'

const mostPerMinute = 1_000_000

const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1

const share = new t.Type<number>(
  'a number above 0 and up to 1',
  isShare,
  (value, context) =>
    isShare(value) ? t.success(value) : t.failure(value, context, 'must be a number above 0 and up to 1'),
  (number) => number,
)

/** The section `budget` of an entry of `registries`. */
export const budgetSection = exactly(
  'a section with per_minute, burst, share',
  {},
  { per_minute: wholeNumber(1, mostPerMinute), burst: wholeNumber(1, mostPerMinute), share },
)

/** How many calls the vendor allows, and which part of them is this deployment's. */
export interface BudgetConfig {
  /** Absent: as its type says. */
  readonly perMinute?: number
  /** How many at once after a pause. Absent: a sixth of `perMinute`. */
  readonly burst?: number
  /** Absent: 1, all of it. */
  readonly share?: number
}

export const toBudgetConfig = (section: t.TypeOf<typeof budgetSection>): BudgetConfig => ({
  perMinute: section.per_minute,
  burst: section.burst,
  share: section.share,
})
