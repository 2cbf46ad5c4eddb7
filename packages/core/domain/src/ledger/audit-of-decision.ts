import type { AuditRecord } from '../audit/audit-record.ts'
import { banTransitions } from '../clusters/ban-transitions.ts'
import { clusterTransitions } from '../clusters/cluster-transitions.ts'
import { credentialTransitions } from '../credentials/credential-transitions.ts'
import type { Instant } from '../platform/instant.ts'
import type { AuditEvent, Decision, Transition } from './decision.ts'

const changeOf = (transition: Transition, at: Instant): AuditRecord | undefined => {
  switch (transition.kind) {
    case 'cluster_moved':
      return {
        ...transition.cause,
        kind: 'change',
        action: clusterTransitions[transition.rule].action,
        outcome: 'success',
        clusterId: transition.after.id,
        at,
        metadata: {
          rule: transition.rule,
          from: transition.before?.state ?? 'absent',
          to: transition.after.state,
          incarnation: transition.after.incarnation,
        },
      }
    case 'credential_added':
    case 'credential_moved': {
      const before = transition.kind === 'credential_moved' ? transition.before.state : 'none'
      const { id, clusterId, registryId, state, vendorName, generation, proof } = transition.after
      return {
        ...transition.cause,
        kind: 'change',
        action: credentialTransitions[transition.rule].action,
        outcome: 'success',
        clusterId,
        credentialId: id,
        registryId,
        at,
        metadata: {
          rule: transition.rule,
          from: before,
          to: state,
          vendor_name: vendorName,
          generation,
          ...(proof === undefined ? {} : { proof }),
        },
      }
    }
    case 'ban_moved':
      return {
        ...transition.cause,
        kind: 'change',
        action: banTransitions[transition.rule].action,
        outcome: 'success',
        clusterId: transition.after.clusterId,
        at,
        metadata: {
          rule: transition.rule,
          from: transition.before?.state ?? 'none',
          to: transition.after.state,
          ban_reason: transition.after.reason,
        },
      }
    case 'cluster_noted':
    case 'credential_noted':
      return undefined
  }
}

const eventOf = (event: AuditEvent, clusterId: string, at: Instant): AuditRecord => ({
  ...event.cause,
  kind: 'event',
  action: event.action,
  outcome: event.outcome,
  clusterId,
  at,
  metadata: event.metadata,
  ...(event.credential === undefined
    ? {}
    : { credentialId: event.credential.id, registryId: event.credential.registryId }),
})

/**
 * The records of a decision, in the order in which they enter the cluster's chain: one `change` per state change,
 * then the events.
 */
export const auditOf = <A>(decision: Decision<A>, clusterId: string, at: Instant): ReadonlyArray<AuditRecord> => [
  ...decision.transitions.flatMap((transition) => changeOf(transition, at) ?? []),
  ...decision.events.map((event) => eventOf(event, clusterId, at)),
]
