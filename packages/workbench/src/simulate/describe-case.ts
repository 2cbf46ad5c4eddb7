import type { HistoryReport, KeptCase, Violation } from '@pull-secret/simulation'

export const describeViolations = (violations: ReadonlyArray<Violation>): string => violations.map(({ invariant, message }) => `${invariant} ${message}`).join('; ')

const sizeOf = (kept: KeptCase): string => {
  const faults = `${String(Object.keys(kept.faults).length)} faults`
  return 'script' in kept ? `"${kept.script}" with ${faults}` : `${String(kept.operations.length)} operations and ${faults}`
}

/** A failing case as a person debugs it: what happened, which promises that broke, and how to see it again. */
export const describeCase = (kept: KeptCase, { timeline, violations }: Pick<HistoryReport, 'timeline' | 'violations'>): string => [
  ...timeline,
  `seed ${String(kept.seed)} with ${kept.vendors.join(',')} breaks, with ${sizeOf(kept)}:`,
  ...violations.map(({ invariant, message }) => `  ${invariant} ${message}`),
  `  to be kept in a file, for --case: ${JSON.stringify(kept)}`,
].join('\n')
