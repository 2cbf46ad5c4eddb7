import { banTransitions, clusterTransitions, credentialTransitions } from '@pull-secret/domain'
import type { HistoryReport } from '@pull-secret/simulation'

/** What many histories showed together; plain data, so that threads can hand it over. */
export interface Tally {
  readonly runs: number
  /** Rows of the transition tables that were used. */
  readonly transitions: ReadonlyArray<string>
  readonly states: ReadonlyArray<string>
  /** How often each kind of fault struck. */
  readonly struck: Readonly<Record<string, number>>
  /** How many transitions were found that no table allows. */
  readonly illegal: number
  readonly failedSeeds: ReadonlyArray<number>
}

export const emptyTally: Tally = { runs: 0, transitions: [], states: [], struck: {}, illegal: 0, failedSeeds: [] }

const union = (one: Iterable<string>, other: Iterable<string>): ReadonlyArray<string> =>
  [...new Set([...one, ...other])].sort()

export const addTallies = (one: Tally, other: Tally): Tally => ({
  runs: one.runs + other.runs,
  transitions: union(one.transitions, other.transitions),
  states: union(one.states, other.states),
  struck: Object.fromEntries(
    union(Object.keys(one.struck), Object.keys(other.struck)).map((kind) => [
      kind,
      (one.struck[kind] ?? 0) + (other.struck[kind] ?? 0),
    ]),
  ),
  illegal: one.illegal + other.illegal,
  failedSeeds: [...one.failedSeeds, ...other.failedSeeds].sort((first, second) => first - second),
})

/** In the words of the ledger, which refuses such a transition, and of I4, which finds one that was written. */
const reportsIllegalTransitions = /\b[BCK]\d+ (cannot lead|does not lead|does not add)\b|must not change the state/

export const tallyOf = (
  seed: number,
  { transitions, states, struck, violations }: Pick<HistoryReport, 'transitions' | 'states' | 'struck' | 'violations'>,
): Tally => ({
  runs: 1,
  transitions: [...transitions],
  states: [...states],
  struck: Object.values(struck).reduce<Record<string, number>>(
    (counts, kind) => ({ ...counts, [kind]: (counts[kind] ?? 0) + 1 }),
    {},
  ),
  illegal: violations.filter(({ message }) => reportsIllegalTransitions.test(message)).length,
  failedSeeds: violations.length > 0 ? [seed] : [],
})

/** Which feature brings the trigger of a transition that nothing sets off yet. */
const featureOf: Readonly<Record<string, string>> = {
  C6: 'pool',
  C9: 'rotation',
  C10: 'rotation',
  C12: 'rotation',
  C15: 'decommissioning by an operator',
  C16: 'inventory and drift',
  C17: 'restore',
}

const allTransitions = Object.entries({ ...credentialTransitions, ...clusterTransitions, ...banTransitions }).flatMap(
  ([rule, { from, to }]) =>
    from.flatMap((before) =>
      (typeof to === 'string' ? [to] : to).map((after) => ({ rule, name: `${rule} ${before} -> ${after}` })),
    ),
)

const coverage = ({ transitions, illegal }: Tally): string => {
  const waiting = allTransitions.filter(({ name }) => !transitions.includes(name))
  const missing = waiting.filter(({ rule }) => featureOf[rule] === undefined)
  const [covered, all] = [allTransitions.length - waiting.length, allTransitions.length]
  return [
    `transitions covered: ${String(covered)} of ${String(all)}, ${String(illegal)} illegal`,
    ...waiting.map(
      ({ rule, name }) =>
        `  ${name}: ${featureOf[rule] === undefined ? 'NOT REACHED' : `comes with ${featureOf[rule]}`}`,
    ),
    missing.length === 0
      ? 'every legal transition whose trigger exists was reached'
      : `not reached: ${missing.map(({ name }) => name).join(', ')}`,
  ].join('\n')
}

/** The summary that a person reads after many histories. */
export const describeTally = (tally: Tally): string =>
  [
    `faults injected: ${Object.entries(tally.struck)
      .map(([kind, count]) => `${kind} ${String(count)}`)
      .join(', ')}`,
    `states reached: ${tally.states.join(', ')}`,
    'invariants checked after every history: I1 I2 I3 I4 I5 I6 I7',
    coverage(tally),
  ].join('\n')
