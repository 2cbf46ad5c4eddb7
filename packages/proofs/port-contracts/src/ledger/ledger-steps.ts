import {
  type Ban,
  type Cluster,
  type ClusterLedger,
  type Credential,
  decided,
  takeCreatingLease,
  type Transition,
} from '@pull-secret/domain'
import { aBan, aCause, aCluster, aFreshCredential, now } from '@pull-secret/domain/testing'
import * as E from 'fp-ts/lib/Either.js'
import { succeed } from '../expectations.ts'
import type { LedgerSubject } from './ledger-subject.ts'

const cause = aCause()

export const attempt = (seed: number): string => `00000000-0000-4000-9000-${seed.toString().padStart(12, '0')}`

/** A row under the lease of its first attempt. */
export const leased = (given: Partial<Credential> = {}): Credential =>
  takeCreatingLease(
    aFreshCredential(given),
    { attemptId: attempt(1), leaseSeconds: 30, landingWindowSeconds: 900 },
    now,
  )

export const clusterBorn = (after: Cluster = aCluster()): Transition => ({
  kind: 'cluster_moved',
  rule: 'K1',
  before: undefined,
  after,
  cause,
})

export const clusterEnding = (before: Cluster): Transition => ({
  kind: 'cluster_moved',
  rule: 'K2',
  before,
  after: { ...before, state: 'deleting' },
  cause,
})

export const banned = (after: Ban = aBan(), before?: Ban): Transition => ({
  kind: 'ban_moved',
  rule: 'B1',
  before,
  after,
  cause,
})

export const unbanned = (before: Ban): Extract<Transition, { kind: 'ban_moved' }> => ({
  kind: 'ban_moved',
  rule: 'B2',
  before,
  after: { ...before, version: before.version + 1, state: 'lifted' },
  cause,
})

export const added = (after: Credential): Transition => ({ kind: 'credential_added', rule: 'C1', after, cause })

export const noted = (before: Credential, after: Credential): Transition => ({
  kind: 'credential_noted',
  before,
  after,
})

type Moved = Extract<Transition, { kind: 'credential_moved' }>

const moved = (rule: Moved['rule'], before: Credential, changes: Partial<Credential>): Moved => ({
  kind: 'credential_moved',
  rule,
  before,
  cause,
  after: { ...before, version: before.version + 1, ...changes },
})

export const madeReady = (before: Credential): Moved =>
  moved('C3', before, { state: 'ready', username: 'org+robot', sealedToken: 'sealed', outcome: 'created' })

export const activated = (before: Credential): Moved => moved('C7', before, { state: 'active' })

export const retired = (before: Credential): Moved => moved('C9', before, { state: 'retiring' })

export const withdrawn = (before: Credential, rule: 'C5' | 'C8' | 'C11' = 'C5'): Moved =>
  moved(rule, before, { state: 'revoking', fence: before.fence + 1, lease: undefined })

export const proved = (before: Credential): Moved =>
  moved('C14', before, { state: 'revoked', proof: 'delete_accepted', sealedToken: undefined })

/** Everything that a decision about a cluster is shown. */
export const stored = (subject: LedgerSubject, clusterId = 'cls-abc123'): Promise<ClusterLedger> =>
  succeed(subject.ledger.change(clusterId, (ledger) => E.right(decided(ledger))))

/** Writes transitions as one decision. */
export const write = (subject: LedgerSubject, ...transitions: ReadonlyArray<Transition>): Promise<void> =>
  succeed(subject.ledger.change('cls-abc123', () => E.right(decided(undefined, transitions))))

/** A live cluster with the given row just added. */
export const clusterWith = async (subject: LedgerSubject, row: Credential): Promise<Credential> => {
  await write(subject, clusterBorn(), added(row))
  return row
}
