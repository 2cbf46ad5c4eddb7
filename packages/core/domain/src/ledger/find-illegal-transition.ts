import { isLegalBanTransition } from '../clusters/ban-transitions.ts'
import { isLegalClusterTransition } from '../clusters/cluster-transitions.ts'
import { isLegalTransition } from '../credentials/credential-transitions.ts'
import type { Transition } from './decision.ts'

/** The rule that a transition breaks, or nothing. A ledger writes no transition that breaks one. */
export const findIllegalTransition = (transition: Transition): string | undefined => {
  switch (transition.kind) {
    case 'cluster_moved':
      return isLegalClusterTransition(transition.rule, transition.before?.state ?? 'absent', transition.after.state)
        ? undefined
        : `${transition.rule} does not lead from ${transition.before?.state ?? 'absent'} to ${transition.after.state}`
    case 'cluster_noted':
      return transition.before.state === transition.after.state
        ? undefined
        : 'a note must not change the state of a cluster'
    case 'credential_added':
      return isLegalTransition(transition.rule, 'none', transition.after.state)
        ? undefined
        : `${transition.rule} does not add ${transition.after.state}`
    case 'credential_moved':
      return isLegalTransition(transition.rule, transition.before.state, transition.after.state)
        ? undefined
        : `${transition.rule} does not lead from ${transition.before.state} to ${transition.after.state}`
    case 'ban_moved':
      return isLegalBanTransition(transition.rule, transition.before?.state ?? 'none', transition.after.state)
        ? undefined
        : `${transition.rule} does not lead from ${transition.before?.state ?? 'none'} to ${transition.after.state}`
    case 'credential_noted':
      return transition.before.state === transition.after.state
        ? undefined
        : 'a note must not change the state of a credential'
  }
}
