import type { Instant } from '../platform/instant.ts'
import type { SecretText } from '../platform/secret-text.ts'

/** Why a call did not give what was asked, in words that are safe to show and to store. */
export type CallProblem =
  | 'timeout'
  | 'connection_lost'
  | 'unreachable'
  | 'untrusted_certificate'
  | 'client_certificate_refused'
  | 'file_unusable'
  | 'server_error'
  | 'unreadable_answer'
  | 'throttled'
  | 'administrator_refused'
  | 'quota'
  | 'request_refused'
  | 'name_taken'
  | 'grant_failed'
  | 'deadline_passed'
  | 'storage_failed'
  | 'object_busy'
  | 'budget_spent'
  | 'budget_unavailable'
  | 'circuit_open'
  | 'fence_behind'
  | 'not_found'
  | 'not_supported'
  | 'marker_changed'
  | 'still_accepted'
  | 'login_refused'

/** The call was answered by nobody, or by an intermediary: it may have been executed, or may be later. */
export interface UnknownOutcome {
  readonly kind: 'unknown'
  readonly problem: CallProblem
  readonly vendorId?: string
}
/** The vendor's application answered no. `firstStep`: before anything was created. */
export interface RefusedOutcome {
  readonly kind: 'refused'
  readonly problem: CallProblem
  readonly firstStep: boolean
  readonly retryAfterSeconds?: number
}
/** Nothing left this process, so nothing can arrive later. */
export interface NotSentOutcome {
  readonly kind: 'not_sent'
  readonly problem: CallProblem
  readonly retryAfterSeconds?: number
}

export type CreateOutcome =
  /** The object exists with our marker and every grant was proved. */
  | {
      readonly kind: 'created'
      readonly username: string
      readonly token: SecretText
      readonly vendorId?: string
      readonly expiresAt?: Instant
      readonly refreshAfter?: Instant
    }
  /** The name belongs to another object, or is retained by a deleted one: it can never be ours. */
  | { readonly kind: 'name_burnt' }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

export type ReadOutcome =
  | {
      readonly kind: 'found'
      readonly ours: boolean
      readonly username: string
      readonly token?: SecretText
      readonly vendorId?: string
    }
  /** `controlled`: a known-present object was visible to the same reader before and after. */
  | { readonly kind: 'absent'; readonly controlled: boolean }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

/** What shows that an object is gone. */
export type AbsenceEvidence = 'listing' | 'controlled_read' | 'foreign_object'

export type DeleteOutcome =
  /** The vendor accepted the delete of an object that carried our marker or our vendor id. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'absent'; readonly evidence: AbsenceEvidence }
  /** Not visible, but nothing shows that we would see it. */
  | { readonly kind: 'absent_unproved' }
  /** The vendor cannot withdraw it; it ends by itself. */
  | { readonly kind: 'not_revocable' }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

/** `indeterminate` is neither yes nor no: a registry that asks for no login, a 429, a 5xx, a timeout. */
export type Validation =
  | { readonly kind: 'valid' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'indeterminate'; readonly problem?: CallProblem }

export interface ListedCredential {
  readonly vendorName: string
  readonly vendorId?: string
  readonly marker?: string
}

export type ListOutcome =
  | { readonly kind: 'listed'; readonly credentials: ReadonlyArray<ListedCredential> }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

export type AdoptOutcome =
  /** How many entries of ours stay, and the fence under which the object was last written; 0: never by us. */
  | { readonly kind: 'adopted'; readonly kept: number; readonly fence: number }
  | RefusedOutcome
  | UnknownOutcome
  | NotSentOutcome

/** Whether the service's own administrator credential works at the vendor. */
export type AccessCheck =
  | { readonly kind: 'working' }
  | {
      readonly kind: 'failing'
      readonly problem: CallProblem
      /** Which setting, file or host it is about and what is wrong with it, in words that are safe to show. */
      readonly detail?: string
    }
