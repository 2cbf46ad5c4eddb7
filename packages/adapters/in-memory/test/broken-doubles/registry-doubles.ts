import {
  type CreateOutcome,
  type RegistryClient,
  type SecretText,
  secretText,
  type SharedEntry,
} from '@pull-secret/domain'
import * as T from 'fp-ts/lib/Task.js'
import {
  callerSecretLike,
  oneShotLike,
  quayLike,
  rhitLike,
  sharedFileLike,
  statelessLike,
  type VendorBehaviour,
} from '../../src/index.ts'
import { anInMemoryRegistry, type InMemoryRegistrySubject as Subject } from '../in-memory-subjects.ts'
import { withLongOperations, withPartialListings } from '../less-ideal-vendors.ts'

export type Break = (honest: Subject) => Subject
type Created = Extract<CreateOutcome, { readonly kind: 'created' }>

const a = (behaviour: VendorBehaviour) => (): Subject => anInMemoryRegistry(behaviour)
export const quay = a(quayLike)
export const rhit = a(rhitLike)
export const callerSecret = a(callerSecretLike)
export const oneShot = a(oneShotLike)
/** Names need not be unique, and the secret is shown once. */
export const twins = a({ ...oneShotLike, uniqueNames: false })
export const stateless = a(statelessLike)
export const sharedFile = a(sharedFileLike)
export const listedInParts = () => withPartialListings(quay())
export const longRunning = () => withLongOperations(oneShot())

export const clientWith =
  (wrap: (client: RegistryClient, subject: Subject) => Partial<RegistryClient>): Break =>
  (subject) => ({ ...subject, client: { ...subject.client, ...wrap(subject.client, subject) } })

export const creating = (change: (created: Created) => CreateOutcome): Break =>
  clientWith(({ createCredential }) => ({
    createCredential: (request) =>
      T.map((outcome: CreateOutcome) => (outcome.kind === 'created' ? change(outcome) : outcome))(
        createCredential(request),
      ),
  }))

const withEntries = (
  change: (entries: ReadonlyArray<SharedEntry>, vendorName: string) => ReadonlyArray<SharedEntry>,
): Break =>
  clientWith(({ createCredential }) => ({
    createCredential: (request) => {
      const { shared, vendorName } = request
      return createCredential({
        ...request,
        shared: shared === undefined ? undefined : { ...shared, entries: change(shared.entries, vendorName) },
      })
    },
  }))

/** Writes other entries than it was given. */
export const writing = (change: (entry: SharedEntry) => SharedEntry): Break =>
  withEntries((entries) => entries.map(change))

/** Writes only some of the entries. */
export const writingOnly = (isWritten: (entry: SharedEntry, vendorName: string) => boolean): Break =>
  withEntries((entries, vendorName) => entries.filter((entry) => isWritten(entry, vendorName)))

export const declaring = (capabilities: Partial<RegistryClient['capabilities']>): Break =>
  clientWith((client) => ({ capabilities: { ...client.capabilities, ...capabilities } }))

/** Without a hook that is needed. */
export const without =
  (hook: 'addForeign' | 'forgetAdministrator'): Break =>
  (subject) => ({ ...subject, [hook]: undefined })

export const readable = (secret: SecretText): SecretText =>
  Object.assign(secretText(secret.reveal()), { toJSON: () => secret.reveal() })

export const forEver = Number.MAX_SAFE_INTEGER
