/**
 * How a crash between the vendor's commit and ours is survived.
 * `read-back`: the vendor returns the secret again. `caller-secret`: we choose the secret before the call.
 * `one-shot`: the secret is shown once, a lost answer burns the object. `stateless`: minting again is harmless.
 */
export type RecoveryClass = 'read-back' | 'caller-secret' | 'one-shot' | 'stateless'

/** What an adapter declares about its vendor. The contract suite asserts both branches of every entry. */
export interface RegistryCapabilities {
  readonly recoveryClass: RecoveryClass
  /** The vendor refuses a second object of the same name. */
  readonly uniqueNames: boolean
  /** How long after its lease a request may still take effect at the vendor, the lag of reads and listings included. */
  readonly landingWindowSeconds: number
  /** No intermediary stands between us and the vendor, so a request is executed at most once. */
  readonly executesOnce: boolean
  /** `strong`: an accepted delete proves absence. `eventual`: absence needs a listing or a controlled read. */
  readonly deleteConsistency: 'strong' | 'eventual'
  /** How long an accepted delete takes to take effect at most; only for eventual ones. Absent: nobody knows. */
  readonly deletesTakeSeconds?: number
  /** A login tells at once whether a credential was withdrawn. Absent: it may be accepted for a while longer. */
  readonly loginsFollowAtOnce?: boolean
  /** How long a new credential may still be refused at logins; a refusal after that means something. */
  readonly settleSeconds: number
  /** Whether the vendor can withdraw a credential before it expires. */
  readonly revocable: boolean
  /** How long a minted credential can live at most; only for what expires by itself. */
  readonly maximumLifetimeSeconds?: number
  /** One vendor object holds the credentials of many rows and is written as a whole. */
  readonly sharedObject: boolean
}
