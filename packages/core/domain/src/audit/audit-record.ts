import type { Instant } from '../platform/instant.ts'

export type AuditAction =
  | 'create'
  | 'claim'
  | 'rotate'
  | 'switch'
  | 'confirm'
  | 'cancel'
  | 'complete'
  | 'validate'
  | 'revoke'
  | 'delete'
  | 'reappear'
  | 'adopt'
  | 'attest'
  | 'ban'
  | 'unban'
  | 'key-rotate'
  | 'refuse'

export type AuditOutcome = 'success' | 'failure' | 'unknown'

/** Who asked, why, and in which request. */
export interface Cause {
  readonly subject: string
  readonly reason: string
  readonly traceId: string
}

/**
 * `change`: exactly one per state change, in its transaction. `event`: a refusal, a failure, an attempt that ended
 * unknown.
 */
export interface AuditRecord extends Cause {
  readonly kind: 'change' | 'event'
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  /** Absent where a record concerns no single cluster. */
  readonly clusterId?: string
  readonly credentialId?: string
  readonly registryId?: string
  readonly metadata: Readonly<Record<string, string | number>>
  readonly at: Instant
}

/** The text that the chain's hash covers: every field, in a fixed order, after the hash before it. */
export const canonicalAuditText = (record: AuditRecord, sequence: number, previousHash: string): string =>
  JSON.stringify([
    previousHash,
    sequence,
    record.kind,
    record.action,
    record.outcome,
    record.clusterId ?? null,
    record.credentialId ?? null,
    record.registryId ?? null,
    record.subject,
    record.reason,
    record.traceId,
    record.at,
    Object.entries(record.metadata).sort(([one], [other]) => (one < other ? -1 : 1)),
  ])

/** The chain of records without a cluster. It has a space, so that no cluster can be called so. */
export const refusalsChain = 'refused requests'

/** The chain that a record belongs to. */
export const chainOf = ({ clusterId = refusalsChain }: Pick<AuditRecord, 'clusterId'>): string => clusterId

/** What the first record of a chain follows. */
export const chainStart = '0'.repeat(64)
