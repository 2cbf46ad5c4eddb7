import type { SealedText } from '../platform/cipher.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { CallProblem } from '../registries/outcomes.ts'

export type CredentialState = 'intended' | 'ready' | 'active' | 'retiring' | 'revoking' | 'revoked'

/** What is known of the attempts that may have created the vendor object. */
export type AttemptOutcome = 'none' | 'unknown' | 'refused_at_first_step' | 'created'

/** What proved that the vendor object is gone. */
export type ProofOfAbsence =
  'delete_accepted' | 'listing' | 'controlled_read' | 'foreign_object' | 'expired' | 'never_sent' | 'operator_attested'

/** Minting a newer token in the place of one that will end, or looking whether the registry accepts it. */
export type EntryWork = 'mint' | 'validate'

/** What logins of ours with a published token showed. `indeterminate`: again and again neither yes nor no. */
export type Verdict = 'valid' | 'invalid' | 'indeterminate'

/** One take of a row: a vendor call happens only under it. Times are the ledger's. */
export interface Lease {
  readonly attemptId: string
  readonly takenAt: Instant
  readonly expiresAt: Instant
}

/** One row of the ledger: exactly one object at one vendor. Times are the ledger's clock. */
export interface Credential {
  readonly id: string
  /** Rises by one at every write, whoever writes: what was decided on an earlier one is not written. */
  readonly version: number
  readonly clusterId: string
  readonly incarnation: number
  readonly registryId: string
  /** Counts the rows of one cluster and registry; never restarts. */
  readonly generation: number
  readonly scope: string
  /** Final from the start, never used by another row. */
  readonly vendorName: string
  readonly state: CredentialState
  /** Rises by one at every take and at every move that must stop a holder. */
  readonly fence: number
  readonly lease?: Lease
  /** Attempts that may have created, granted or changed the vendor object. */
  readonly attempts: number
  readonly outcome: AttemptOutcome
  /** Until then a request of ours may still take effect at the vendor; no proof sent before it counts. */
  readonly settlesAt?: Instant
  /** When the service next has to do something about this row. */
  readonly nextAttemptAt?: Instant
  /** What it is then that an entry of a document is to undergo. Rows in other states say it by their state. */
  readonly nextWork?: EntryWork
  /**
   * How patient we are: what was tried since the row's last success or move without reaching what it is for, also what
   * was never sent. Says nothing about what may exist at the vendor.
   */
  readonly tries: number
  readonly problem?: CallProblem
  readonly stuckSince?: Instant
  /** When the newest delete was sent that the vendor accepted. */
  readonly deleteAcceptedAt?: Instant
  /** From when on that delete has surely taken effect; absent where deletes take effect at once, or nobody knows. */
  readonly deleteDoneAt?: Instant
  /** When the vendor was first asked and did not show the object, and has not shown it since. */
  readonly absentSince?: Instant
  readonly vendorId?: string
  readonly username?: string
  readonly sealedToken?: SealedText
  readonly expiresAt?: Instant
  readonly refreshAfter?: Instant
  /** Of the token in the document; absent until there is one. */
  readonly verdict?: Verdict
  readonly proof?: ProofOfAbsence
  readonly createdAt: Instant
  readonly activatedAt?: Instant
  readonly revokedAt?: Instant
}

/** Replicas, vendors and the database may disagree about the time by this much. */
export const clockAllowanceSeconds = 600

/** Until when a credential may be handed out; for ever where its vendor announced no end. */
export const servedUntil = ({ expiresAt }: Pick<Credential, 'expiresAt'>): Instant =>
  expiresAt === undefined ? Infinity : secondsAfter(expiresAt, -clockAllowanceSeconds)

/** What a ciphertext of this row is bound to; both parts never change. */
export const associatedDataOf = (credential: { readonly id: string; readonly registryId: string }): string =>
  `${credential.id}|${credential.registryId}`

export const isBeingRevoked = (credential: Pick<Credential, 'state'>): boolean =>
  credential.state === 'revoking' || credential.state === 'revoked'

/** Whether a request of ours may still land at the vendor. */
export const isUnsettled = (credential: Pick<Credential, 'settlesAt'>, now: Instant): boolean =>
  credential.settlesAt !== undefined && credential.settlesAt > now

/** Whether the vendor gave us a credential of this row: somebody may hold it. */
export const wasObtained = ({ username }: Pick<Credential, 'username'>): boolean => username !== undefined

export const hasFreeLease = (credential: { readonly lease?: Pick<Lease, 'expiresAt'> }, now: Instant): boolean =>
  credential.lease === undefined || credential.lease.expiresAt <= now
