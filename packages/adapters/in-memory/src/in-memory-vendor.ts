import type { Instant, RegistryCapabilities } from '@pull-secret/domain'

export interface VendorCredential {
  readonly vendorName: string
  readonly vendorId: string
  readonly marker: string
  readonly username: string
  readonly token: string
  readonly expiresAt?: Instant
}

/**
 * How one imaginary vendor behaves. What is not said is as for Quay: unique names, secrets that can be read again,
 * immediate deletes.
 */
export interface VendorBehaviour {
  readonly recoveryClass: RegistryCapabilities['recoveryClass']
  readonly uniqueNames: boolean
  /** A deleted name stays taken. */
  readonly retainsNames: boolean
  readonly canList: boolean
  readonly deleteConsistency: RegistryCapabilities['deleteConsistency']
  readonly revocable: boolean
  readonly lifetimeSeconds?: number
  readonly landingWindowSeconds: number
  readonly executesOnce: boolean
  readonly sharedObject: boolean
}

export const quayLike: VendorBehaviour = {
  recoveryClass: 'read-back',
  uniqueNames: true,
  retainsNames: false,
  canList: true,
  deleteConsistency: 'strong',
  revocable: true,
  landingWindowSeconds: 900,
  executesOnce: false,
  sharedObject: false,
}

export const rhitLike: VendorBehaviour = {
  ...quayLike,
  retainsNames: true,
  canList: false,
  deleteConsistency: 'eventual',
}

export const callerSecretLike: VendorBehaviour = { ...quayLike, recoveryClass: 'caller-secret' }

export const oneShotLike: VendorBehaviour = { ...quayLike, recoveryClass: 'one-shot' }

export const statelessLike: VendorBehaviour = {
  ...quayLike,
  recoveryClass: 'stateless',
  uniqueNames: false,
  canList: false,
  revocable: false,
  lifetimeSeconds: 43_200,
}

export const sharedFileLike: VendorBehaviour = {
  ...callerSecretLike,
  landingWindowSeconds: 60,
  executesOnce: true,
  sharedObject: true,
}

/** A vendor's own state. Several clients of one vendor share it, as the replicas of a service do. */
export interface InMemoryVendor {
  readonly behaviour: VendorBehaviour
  readonly credentials: Map<string, VendorCredential>
  readonly retainedNames: Set<string>
  /** How many calls each operation has received. */
  readonly calls: Map<string, number>
  sharedFence: number
  /** The token of the next credential whose token the vendor chooses, in place of one of its own. */
  nextToken?: string | undefined
  nextId: number
}

export const makeInMemoryVendor = (behaviour: VendorBehaviour): InMemoryVendor => ({
  behaviour,
  credentials: new Map(),
  retainedNames: new Set(),
  calls: new Map(),
  sharedFence: 0,
  nextId: 1,
})

export const findByName = (vendor: InMemoryVendor, vendorName: string): VendorCredential | undefined =>
  [...vendor.credentials.values()].find((credential) => credential.vendorName === vendorName)

/** Whether a login with this username and token succeeds at the vendor now. */
export const accepts = (vendor: InMemoryVendor, username: string, token: string, now: Instant): boolean =>
  [...vendor.credentials.values()].some(
    (credential) =>
      credential.username === username &&
      credential.token === token &&
      (credential.expiresAt === undefined || credential.expiresAt > now),
  )
