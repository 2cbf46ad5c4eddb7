import type { RecoverySummary } from '../ledger/recovery-summary.ts'

/** What a run of recovery that found nothing did, but for what is said. */
export const aRecoverySummary = (summary: Partial<RecoverySummary> = {}): RecoverySummary => ({
  rows: 0,
  done: 0,
  waiting: 0,
  refused: 0,
  stuck: 0,
  clusters: 0,
  failed: 0,
  isFinished: true,
  ...summary,
})
