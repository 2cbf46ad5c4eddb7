import type { CreateRequest, DeleteRequest, RegistryClient, SharedEntry } from '@pull-secret/domain'

/** One client and the vendor behind it, empty at first. */
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
  /** Makes an object of somebody else's under a name. `undefined` where the client's names cannot be taken by anybody else. */
  readonly addForeign: ((vendorName: string) => Promise<void>) | undefined
  /** The next request of this kind that reaches the vendor is executed and its answer lost. `undefined` where no answer can be lost. */
  readonly loseNextAnswer: ((of: 'create' | 'delete') => Promise<void>) | undefined
  /** The service's administrator credential stops working. `undefined` where there is none. */
  readonly forgetAdministrator: (() => Promise<void>) | undefined
  /** Closes the client as its owner does; the vendor stays. Afterwards the client must hold no connection. */
  readonly closeClient: () => Promise<void>
  /** Ends the vendor. */
  readonly close: () => Promise<void>
}

export type OpenRegistrySubject = () => Promise<RegistrySubject>

/** What a shared object must hold, kept by the suite in the ledger's place. */
export const makeSharedContent = (isShared: boolean) => {
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
    add: (entry: SharedEntry): void => { entries = [...entries.filter((other) => other.vendorName !== entry.vendorName), entry] },
    remove: (vendorName: string): void => { entries = entries.filter((other) => other.vendorName !== vendorName) },
  }
}
