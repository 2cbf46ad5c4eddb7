import type { AuditAction, AuditOutcome, Cause } from '../audit/audit-record.ts'
import type { Ban } from '../clusters/ban.ts'
import type { BanRule } from '../clusters/ban-transitions.ts'
import type { Cluster } from '../clusters/cluster.ts'
import type { ClusterRule } from '../clusters/cluster-transitions.ts'
import type { Credential } from '../credentials/credential.ts'
import type { CredentialRule } from '../credentials/credential-transitions.ts'

/** One conditional write of the ledger. `before` is what the write expects to find: the version must still be its. */
export type Transition =
  | {
      readonly kind: 'cluster_moved'
      readonly rule: ClusterRule
      readonly before: Cluster | undefined
      readonly after: Cluster
      readonly cause: Cause
    }
  | { readonly kind: 'cluster_noted'; readonly before: Cluster; readonly after: Cluster }
  | {
      readonly kind: 'credential_added'
      readonly rule: 'C1' | 'C17'
      readonly after: Credential
      readonly cause: Cause
    }
  | {
      readonly kind: 'credential_moved'
      readonly rule: CredentialRule
      readonly before: Credential
      readonly after: Credential
      readonly cause: Cause
    }
  | { readonly kind: 'credential_noted'; readonly before: Credential; readonly after: Credential }
  | {
      readonly kind: 'ban_moved'
      readonly rule: BanRule
      readonly before: Ban | undefined
      readonly after: Ban
      readonly cause: Cause
    }

/** Something worth keeping that changed no state. */
export interface AuditEvent {
  readonly cause: Cause
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly credential?: Credential
  readonly metadata: Readonly<Record<string, string | number>>
}

/** What to write, in this order and in one transaction, and what to tell the caller once it is written. */
export interface Decision<A> {
  readonly transitions: ReadonlyArray<Transition>
  readonly events: ReadonlyArray<AuditEvent>
  readonly answer: A
}

export const decided = <A>(
  answer: A,
  transitions: ReadonlyArray<Transition> = [],
  events: ReadonlyArray<AuditEvent> = [],
): Decision<A> => ({
  transitions,
  events,
  answer,
})

export const withAnswer = <A>({ transitions, events }: Decision<unknown>, answer: A): Decision<A> =>
  decided(answer, transitions, events)
