import {
  type Clock,
  type CreateOutcome,
  type CreateRequest,
  type DeleteOutcome,
  type DeleteRequest,
  type Ids,
  type NotSentOutcome,
  onlyUsable,
  type ReadOutcome,
  type ReadRequest,
  type RegistryCapabilities,
  type RegistryClient,
  type SecretText,
  secretText,
  type SharedEntry,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import {
  accepts,
  findByName,
  type InMemoryVendor,
  type VendorBehaviour,
  type VendorCredential,
} from './in-memory-vendor.ts'

export interface InMemoryRegistryDeps {
  readonly vendor: InMemoryVendor
  readonly clock: Clock
  readonly ids: Ids
  /** The vendor-side place, `memory` where not said. */
  readonly scope?: string
}

const capabilitiesOf = (behaviour: VendorBehaviour): RegistryCapabilities => ({
  recoveryClass: behaviour.recoveryClass,
  uniqueNames: behaviour.uniqueNames,
  landingWindowSeconds: behaviour.landingWindowSeconds,
  executesOnce: behaviour.executesOnce,
  deleteConsistency: behaviour.deleteConsistency,
  deletesTakeSeconds: 0,
  settleSeconds: 0,
  revocable: behaviour.revocable,
  maximumLifetimeSeconds: behaviour.lifetimeSeconds,
  sharedObject: behaviour.sharedObject,
})

const deadlinePassed: NotSentOutcome = { kind: 'not_sent', problem: 'deadline_passed' }

const createdFrom = ({ behaviour }: InMemoryVendor, credential: VendorCredential): CreateOutcome => ({
  kind: 'created',
  username: credential.username,
  token: secretText(credential.token),
  vendorId: credential.vendorId,
  expiresAt: credential.expiresAt,
  refreshAfter:
    credential.expiresAt === undefined || behaviour.lifetimeSeconds === undefined
      ? undefined
      : credential.expiresAt - behaviour.lifetimeSeconds * 500,
})

const add = (
  { vendor, clock, ids }: InMemoryRegistryDeps,
  request: Pick<CreateRequest, 'vendorName' | 'marker' | 'token'>,
): VendorCredential => {
  const { lifetimeSeconds } = vendor.behaviour
  const credential: VendorCredential = {
    vendorName: request.vendorName,
    marker: request.marker,
    username: `robot+${request.vendorName}`,
    vendorId: `object-${String(vendor.nextId)}`,
    token: request.token?.reveal() ?? vendor.nextToken ?? ids.secret(),
    expiresAt: lifetimeSeconds === undefined ? undefined : clock.now() + lifetimeSeconds * 1000,
  }
  vendor.nextId += 1
  vendor.nextToken = undefined
  vendor.credentials.set(credential.vendorId, credential)
  return credential
}

const onConflict = (vendor: InMemoryVendor, request: CreateRequest): CreateOutcome => {
  const existing = findByName(vendor, request.vendorName)
  if (existing?.marker !== request.marker || vendor.behaviour.recoveryClass === 'one-shot')
    return { kind: 'name_burnt' }
  return createdFrom(vendor, existing)
}

/** The token with which an entry has to be written that is not there. */
const missingToken = (entry: SharedEntry, request: DeleteRequest | CreateRequest): SecretText | undefined => {
  if ('token' in request && entry.vendorName === request.vendorName) return request.token
  return entry.wasCreated ? E.getOrElse<unknown, SecretText | undefined>(() => undefined)(entry.openToken()) : undefined
}

/** Writes the shared object as a whole: what is not among the entries is gone afterwards. */
const render = (deps: InMemoryRegistryDeps, request: DeleteRequest | CreateRequest): NotSentOutcome | undefined => {
  const { vendor } = deps
  if (request.shared === undefined || request.shared.fence < vendor.sharedFence)
    return { kind: 'not_sent', problem: 'storage_failed' }
  vendor.sharedFence = request.shared.fence
  const wanted = request.shared.entries
  for (const [vendorId, credential] of [...vendor.credentials]) {
    if (!wanted.some((entry) => entry.vendorName === credential.vendorName)) vendor.credentials.delete(vendorId)
  }
  for (const entry of wanted) {
    if (findByName(vendor, entry.vendorName) !== undefined) continue
    const token = missingToken(entry, request)
    if (token !== undefined) add(deps, { vendorName: entry.vendorName, marker: entry.vendorName, token })
  }
  return undefined
}

const create = (deps: InMemoryRegistryDeps, request: CreateRequest): CreateOutcome => {
  const { vendor } = deps
  if (vendor.behaviour.sharedObject) {
    const failure = render(deps, request)
    const written = findByName(vendor, request.vendorName)
    return (
      failure ??
      (written === undefined
        ? { kind: 'refused', problem: 'request_refused', firstStep: true }
        : createdFrom(vendor, written))
    )
  }
  if (!vendor.behaviour.uniqueNames) return createdFrom(vendor, add(deps, request))
  const isTaken = findByName(vendor, request.vendorName) !== undefined || vendor.retainedNames.has(request.vendorName)
  return isTaken ? onConflict(vendor, request) : createdFrom(vendor, add(deps, request))
}

const read = (vendor: InMemoryVendor, request: ReadRequest): ReadOutcome => {
  const found = findByName(vendor, request.vendorName)
  if (found === undefined) return { kind: 'absent', controlled: true }
  const token = vendor.behaviour.recoveryClass === 'read-back' ? secretText(found.token) : undefined
  return {
    kind: 'found',
    ours: vendor.behaviour.sharedObject || found.marker === request.marker,
    username: found.username,
    vendorId: found.vendorId,
    token,
  }
}

const remove = (deps: InMemoryRegistryDeps, request: DeleteRequest): DeleteOutcome => {
  const { vendor } = deps
  const { behaviour, credentials } = vendor
  if (behaviour.sharedObject) return render(deps, request) ?? { kind: 'deleted' }
  if (!behaviour.revocable) return { kind: 'not_revocable' }
  const ours = [...credentials.values()].filter((credential) => credential.marker === request.marker)
  if (ours.length === 0) {
    if (findByName(vendor, request.vendorName) !== undefined) return { kind: 'absent', evidence: 'foreign_object' }
    return { kind: 'absent', evidence: behaviour.canList ? 'listing' : 'controlled_read' }
  }
  for (const credential of ours) {
    credentials.delete(credential.vendorId)
    if (behaviour.retainsNames) vendor.retainedNames.add(credential.vendorName)
  }
  return { kind: 'deleted' }
}

/** A client of an imaginary vendor of any recovery class; every call is one indivisible step. */
export const makeInMemoryRegistryClient = (deps: InMemoryRegistryDeps): RegistryClient => {
  const { vendor, clock } = deps
  const step = <A>(operation: string, deadline: number, act: () => A): T.Task<A | NotSentOutcome> =>
    T.fromIO(() => {
      if (clock.monotonic() > deadline) return deadlinePassed
      vendor.calls.set(operation, (vendor.calls.get(operation) ?? 0) + 1)
      return act()
    })
  return {
    capabilities: capabilitiesOf(vendor.behaviour),
    scope: deps.scope ?? 'memory',
    vendorName: ({ entropy, clusterId, credentialId }) =>
      vendor.behaviour.sharedObject ? `user-${credentialId}` : `robot_${clusterId}_${entropy.slice(0, 16)}`,
    createCredential: (request) => step('create', request.terms.deadline, () => onlyUsable(create(deps, request))),
    getCredential: (request) => step('get', request.terms.deadline, () => read(vendor, request)),
    deleteCredential: (request) => step('delete', request.terms.deadline, () => remove(deps, request)),
    validateCredential: ({ username, token }) =>
      T.fromIO(() => ({ kind: accepts(vendor, username, token.reveal(), clock.now()) ? 'valid' : 'invalid' })),
    listCredentials: vendor.behaviour.canList
      ? ({ deadline }) =>
          step('list', deadline, () => ({
            kind: 'listed' as const,
            credentials: [...vendor.credentials.values()].map(({ vendorName, vendorId, marker }) => ({
              vendorName,
              vendorId,
              marker,
            })),
          }))
      : undefined,
    checkAccess: () => T.of({ kind: 'working' }),
  }
}
