import type { IOEither } from 'fp-ts/lib/IOEither.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { Failure } from '../errors.ts'
import type { CallPriority } from '../limits/call-priority.ts'
import type { SecretText } from '../platform/secret-text.ts'
import type { RegistryCapabilities } from './capabilities.ts'
import type {
  AccessCheck,
  AdoptOutcome,
  CreateOutcome,
  DeleteOutcome,
  ListOutcome,
  ReadOutcome,
  Validation,
} from './outcomes.ts'

/** A reading of this process's monotonic clock, in milliseconds, after which nothing may be sent. */
export type Deadline = number

/** What goes for every request that one call sends. */
export interface CallTerms {
  readonly deadline: Deadline
  /** Which of them wait for others where the vendor's budget is short. */
  readonly priority: CallPriority
}

/** What a vendor-side name may be made of. `entropy` is 32 hexadecimal digits, fresh for every row. */
export interface NameIngredients {
  readonly clusterId: string
  readonly credentialId: string
  readonly cloudProvider?: string
  readonly region?: string
  readonly entropy: string
}

/** How an adapter knows one vendor object. Nothing is ever deleted by name alone. */
export interface VendorObjectRef {
  readonly vendorName: string
  readonly vendorId?: string
  /** The text that our object carries in its description, metadata or name. */
  readonly marker: string
}

/** One credential that a shared vendor object may hold: if it is there, it stays there as it is. */
export interface SharedEntry {
  readonly vendorName: string
  /**
   * Whether its create succeeded once. Then it must be put back where the object lost it; before that, only the call
   * that creates it puts it there.
   */
  readonly wasCreated: boolean
  /** Decrypts the token: ask only for an entry that has to be put back. One that cannot be opened is left out. */
  readonly openToken: IOEither<Failure<'KEY_UNAVAILABLE'>, SecretText>
}

/**
 * Everything that a shared vendor object may hold, and the fence of the lease under which it is written.
 *
 * Calls that are given the same content, the very same value, run side by side under one lease. An adapter writes the
 * object once for all of them, or lets them take turns; when it cannot say whether such a write is over, it writes
 * nothing more under that content.
 */
export interface SharedContent {
  readonly entries: ReadonlyArray<SharedEntry>
  readonly fence: number
}

export interface CreateRequest extends VendorObjectRef {
  readonly terms: CallTerms
  /** The secret we chose; present exactly for `caller-secret`. */
  readonly token?: SecretText
  /** Present exactly for a shared object. */
  readonly shared?: SharedContent
}

export interface ReadRequest extends VendorObjectRef {
  readonly terms: CallTerms
}

export interface DeleteRequest extends VendorObjectRef {
  readonly terms: CallTerms
  /** Present exactly for a shared object; names what remains. */
  readonly shared?: SharedContent
}

export interface ValidateRequest {
  readonly terms: CallTerms
  readonly username: string
  readonly token: SecretText
}

/**
 * One configured registry at its vendor. Every answer is a value, so that it can be recorded; no call rejects.
 * An adapter checks the deadline before every send, retry and poll, and never sends after it.
 */
export interface RegistryClient {
  readonly capabilities: RegistryCapabilities
  /** The vendor-side place this client works in (base URL and organisation, project, partner or file). */
  readonly scope: string
  /** A fresh, final name for one row; legal at the vendor for every cluster id the service accepts. */
  readonly vendorName: (ingredients: NameIngredients) => string
  /**
   * Makes the object exist with our marker and every grant. Resumable: called again for the same row it
   * continues where the last attempt stopped. An existing object is taken over only if it carries our marker.
   */
  readonly createCredential: (request: CreateRequest) => Task<CreateOutcome>
  readonly getCredential: (request: ReadRequest) => Task<ReadOutcome>
  /**
   * Deletes our object after a read that shows our marker, or by its recorded vendor id, and looks for evidence of
   * absence.
   */
  readonly deleteCredential: (request: DeleteRequest) => Task<DeleteOutcome>
  /** Logs in at the registry as a cluster would. */
  readonly validateCredential: (request: ValidateRequest) => Task<Validation>
  /** Every credential in our scope. `undefined` where the vendor cannot list. */
  readonly listCredentials: ((terms: CallTerms) => Task<ListOutcome>) | undefined
  /**
   * For a shared object, after the ledger was restored to an earlier time: every entry of ours stays, also one that the
   * ledger does not know, until the ledger deletes it by its name. Absent for a client without a shared object.
   */
  readonly adoptSharedObject?: (terms: CallTerms) => Task<AdoptOutcome>
  /** Whether the administrator credential works; changes nothing at the vendor. */
  readonly checkAccess: (terms: CallTerms) => Task<AccessCheck>
}
