import type { Transition } from '../ledger/decision.ts'

/** The rule of each change of state, and the kind of each note, in order. */
export const rulesOf = (transitions: ReadonlyArray<Transition>): ReadonlyArray<string> =>
  transitions.map((transition) => ('rule' in transition ? transition.rule : transition.kind))
