import { clusterTransitions, credentialTransitions } from '@pull-secret/domain'
import type { HistoryReport } from '@pull-secret/simulation'

/** What many histories showed together; plain data, so that threads can hand it over. */
export interface Tally {
  readonly runs: number
  readonly rules: ReadonlyArray<string>
  readonly states: ReadonlyArray<string>
  /** How often each kind of fault struck. */
  readonly struck: Readonly<Record<string, number>>
  readonly failedSeeds: ReadonlyArray<number>
}

export const emptyTally: Tally = { runs: 0, rules: [], states: [], struck: {}, failedSeeds: [] }

const union = (one: Iterable<string>, other: Iterable<string>): ReadonlyArray<string> => [...new Set([...one, ...other])].sort()

export const addTallies = (one: Tally, other: Tally): Tally => ({
  runs: one.runs + other.runs,
  rules: union(one.rules, other.rules),
  states: union(one.states, other.states),
  struck: Object.fromEntries(union(Object.keys(one.struck), Object.keys(other.struck)).map((kind) => [kind, (one.struck[kind] ?? 0) + (other.struck[kind] ?? 0)])),
  failedSeeds: [...one.failedSeeds, ...other.failedSeeds].sort((first, second) => first - second),
})

export const tallyOf = (seed: number, report: HistoryReport): Tally => ({
  runs: 1, rules: [...report.rules], states: [...report.states],
  struck: Object.values(report.struck).reduce<Record<string, number>>((counts, kind) => ({ ...counts, [kind]: (counts[kind] ?? 0) + 1 }), {}),
  failedSeeds: report.violations.length > 0 ? [seed] : [],
})

/** Which feature brings the trigger of a transition that nothing sets off yet. */
const featureOf: Readonly<Record<string, string>> = {
  C6: 'pool', C9: 'rotation', C10: 'rotation', C12: 'rotation', C15: 'decommissioning by an operator', C16: 'inventory and drift', C17: 'restore',
}

const coverage = (rules: ReadonlyArray<string>): string => {
  const all = [...Object.keys(credentialTransitions), ...Object.keys(clusterTransitions)]
  const waiting = all.filter((rule) => !rules.includes(rule))
  const missing = waiting.filter((rule) => featureOf[rule] === undefined)
  return [
    `transitions covered: ${String(all.length - waiting.length)} of ${String(all.length)}, 0 illegal`,
    ...waiting.map((rule) => `  ${rule}: ${featureOf[rule] === undefined ? 'NOT REACHED' : `comes with ${featureOf[rule]}`}`),
    missing.length === 0 ? 'every legal transition whose trigger exists was reached' : `not reached: ${missing.join(', ')}`,
  ].join('\n')
}

/** The summary that a person reads after many histories. An illegal transition would have failed its history. */
export const describeTally = (tally: Tally): string => [
  `faults injected: ${Object.entries(tally.struck).map(([kind, count]) => `${kind} ${String(count)}`).join(', ')}`,
  `states reached: ${tally.states.join(', ')}`,
  'invariants checked after every history: I1 I2 I3 I4 I5 I6 I7',
  coverage(tally.rules),
].join('\n')
