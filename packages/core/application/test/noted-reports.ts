import type { ReportOutcome } from '../src/index.ts'

/** Keeps how vendor calls ended. */
export const makeNotedReports = () => {
  const reports: Array<unknown> = []
  const report: ReportOutcome = (operation, credential, outcome) => () => {
    reports.push([operation, credential.id, outcome.kind])
  }
  return { report, reports }
}
