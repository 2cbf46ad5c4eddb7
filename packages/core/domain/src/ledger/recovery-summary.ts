import type { RowResult } from './row-result.ts'

/** What one run of recovery did. */
export interface RecoverySummary extends Readonly<Record<RowResult, number>> {
  /** Rows that were worked on, those of completed clusters included: done, waiting, refused, stuck, or failed. */
  readonly rows: number
  /** Live clusters that were due for completion. */
  readonly clusters: number
  /** Rows and clusters whose result could not be recorded; they stay due. */
  readonly failed: number
  /** Whether everything that was due was taken up; otherwise another run has to follow. */
  readonly isFinished: boolean
}
