import type { HistoryReport, KeptCase, Violation } from '@pull-secret/simulation'

export const describeViolations = (violations: ReadonlyArray<Violation>): string =>
  violations.map(({ invariant, message }) => `${invariant} ${message}`).join('; ')

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`

const sizeOf = (kept: KeptCase): string => {
  const faults = counted(Object.keys(kept.faults).length, 'fault')
  return 'script' in kept
    ? `in "${kept.script}" with ${faults}`
    : `with ${counted(kept.operations.length, 'operation')} and ${faults}`
}

/** A failing case as a person debugs it: what happened, which promises that broke, and how to see it again. */
export const describeCase = (
  kept: KeptCase,
  { timeline, violations }: Pick<HistoryReport, 'timeline' | 'violations'>,
): string =>
  [
    ...timeline,
    `seed ${String(kept.seed)} with ${kept.vendors.join(',')} fails ${sizeOf(kept)}:`,
    ...violations.map(({ invariant, message }) => `  ${invariant} ${message}`),
    `  to replay it with --case, save this in a file: ${JSON.stringify(kept)}`,
  ].join('\n')
