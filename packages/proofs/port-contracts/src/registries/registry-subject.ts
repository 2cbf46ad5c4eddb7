import type { CreateRequest, DeleteRequest, RegistryClient, SharedEntry } from '@pull-secret/domain'

/** Operations that a vendor accepts at once and carries out later. */
export interface LongOperations {
  /** The next create that reaches the vendor is accepted, and takes effect only after the deadline of its call. */
  readonly outlastNextDeadline: () => Promise<void>
  /** Lets the time pass until it has taken effect and can be seen. */
  readonly takeEffect: () => Promise<void>
}

/**
 * One client and the vendor behind it, empty at first. A hook that the capabilities demand and that is not there
 * fails the suite.
 */
export interface RegistrySubject {
  readonly client: RegistryClient
  /** A deadline that no call of the suite reaches. */
  readonly deadline: () => number
  /** A deadline that has passed. */
  readonly passedDeadline: () => number
  /** Whether a cluster could log in with this. */
  readonly accepts: (username: string, token: string) => Promise<boolean>
  /** Vendor names of every object at the vendor, controls excepted. */
  readonly objects: () => Promise<ReadonlyArray<string>>
  /**
   * Makes an object of somebody else's under a name. `undefined` exactly where nobody else can take a name: names are
   * not unique, or lie in a shared object.
   */
  readonly addForeign: ((vendorName: string) => Promise<void>) | undefined
  /** The next request of this kind that reaches the vendor is executed and its answer lost. */
  readonly loseNextAnswer: (of: 'create' | 'delete') => Promise<void>
  /** The next token that the vendor chooses is this one. `undefined` exactly where the service chooses it. */
  readonly chooseNextToken: ((token: string) => Promise<void>) | undefined
  /**
   * The service's administrator credential stops working. `undefined` only for a shared object that is written
   * without one.
   */
  readonly forgetAdministrator: (() => Promise<void>) | undefined
  /**
   * `undefined` where the vendor answers a create only when its object is there, or within every deadline; the suite
   * then holds it to that.
   */
  readonly longOperations: LongOperations | undefined
  /**
   * The next listing that reaches the vendor, by itself or within a delete, shows only a part. `undefined` where a
   * listing comes whole, and where there is none.
   */
  readonly truncateNextListing: (() => Promise<void>) | undefined
  /** Closes the client as its owner does; the vendor stays. Afterwards the client must hold no connection. */
  readonly closeClient: () => Promise<void>
  /** Ends the vendor. */
  readonly close: () => Promise<void>
}

export type OpenRegistrySubject = () => Promise<RegistrySubject>

/** What a shared object must hold, kept by the suite in the ledger's place. */
export const makeSharedContent = ({ isShared }: { readonly isShared: boolean }) => {
  let entries: ReadonlyArray<SharedEntry> = []
  let fence = 0
  const content = (): Pick<CreateRequest, 'shared'> & Pick<DeleteRequest, 'shared'> => {
    if (!isShared) return {}
    fence += 1
    return { shared: { entries, fence } }
  }
  return {
    content,
    /** What a writer would write whose lease was followed by another's. */
    staleContent: () => (isShared ? { shared: { entries, fence: fence - 1 } } : {}),
    add: (entry: SharedEntry): void => {
      entries = [...entries.filter((other) => other.vendorName !== entry.vendorName), entry]
    },
    remove: (vendorName: string): void => {
      entries = entries.filter((other) => other.vendorName !== vendorName)
    },
  }
}
