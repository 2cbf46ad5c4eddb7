import {
  type CallTerms,
  type CreateOutcome,
  type CreateRequest,
  type DeleteOutcome,
  type DeleteRequest,
  type ListOutcome,
  onlyUsable,
  type ReadOutcome,
  type ReadRequest,
  type RegistryCapabilities,
  type RegistryClient,
  secretText,
  type ValidateRequest,
  type Validation,
} from '@pull-secret/domain'
import { failureOf } from './failure-of-request.ts'
import type { Announcement } from './hostile-answers.ts'
import type { ImaginaryObject } from './imaginary-object.ts'
import { makeSharedWriter, sharedUserPrefix } from './shared-writer.ts'
import type { VendorKnobs } from './vendor-knobs.ts'
import { makeVendorRequests, type VendorRequestsDeps } from './vendor-requests.ts'

export interface ImaginaryAdapterDeps extends VendorRequestsDeps {
  /** What the simulation's clock shows at its start. */
  readonly epoch: number
  /** Where the configuration says that the vendor is. */
  readonly scope: string
  /** How long requests may take to land, as the configuration says. */
  readonly landingWindowSeconds: number
  /** Whether the configuration says so. */
  readonly executesOnce: boolean
}

const pollMilliseconds = 2000
const capabilitiesOf = (
  knobs: VendorKnobs,
  said: Pick<ImaginaryAdapterDeps, 'landingWindowSeconds' | 'executesOnce'>,
): RegistryCapabilities => ({
  recoveryClass: knobs.recoveryClass,
  uniqueNames: knobs.uniqueNames,
  landingWindowSeconds: said.landingWindowSeconds,
  executesOnce: said.executesOnce,
  deleteConsistency: knobs.deleteSeconds > 0 || knobs.lagSeconds > 0 ? 'eventual' : 'strong',
  deletesTakeSeconds: knobs.deleteSeconds + knobs.lagSeconds,
  settleSeconds: knobs.loginSeconds,
  revocable: knobs.revocable,
  loginsFollowAtOnce: knobs.deleteSeconds === 0,
  maximumLifetimeSeconds: knobs.lifetimeSeconds,
  sharedObject: knobs.sharedObject,
})

/**
 * A registry adapter as the real ones are: several requests a call, each looked at against the terms before it is
 * sent, each of which may go wrong.
 */
export const makeImaginaryAdapter = (deps: ImaginaryAdapterDeps): RegistryClient => {
  const {
    vendor,
    epoch,
    network: { scheduler },
  } = deps
  const { knobs } = vendor
  const requests = makeVendorRequests(deps)
  const writeShared = makeSharedWriter(requests)
  const capabilities = capabilitiesOf(knobs, deps)

  const announcementOf = ({ createdAt, expiresAt }: ImaginaryObject): Partial<Announcement> =>
    expiresAt === Infinity
      ? {}
      : {
          expiresAt: epoch + vendor.onItsClock(expiresAt),
          refreshAfter: epoch + vendor.onItsClock((createdAt + expiresAt) / 2),
        }

  const createdFrom = (object: ImaginaryObject): CreateOutcome => ({
    kind: 'created',
    username: object.username,
    token: secretText(object.token),
    vendorId: object.vendorId,
    ...(object.announced ?? announcementOf(object)),
  })

  const grantAll = async (object: ImaginaryObject, { vendorName, terms }: CreateRequest): Promise<CreateOutcome> => {
    for (let grant = 0; grant < knobs.grants; grant += 1) {
      const granted = await requests.grant(vendorName, object.vendorId, grant, terms)
      if (granted.status !== 'done') return failureOf(granted, { isFirst: false, vendorId: object.vendorId })
    }
    return createdFrom(object)
  }

  /** The name is taken: by an earlier attempt of this row, whose secret may be had again, or for good. */
  const takeOver = async (request: CreateRequest): Promise<CreateOutcome> => {
    if (knobs.recoveryClass === 'one-shot') return { kind: 'name_burnt' }
    const found = await requests.read(request.vendorName, request.terms)
    if (found.status === 'not_found') return { kind: 'name_burnt' }
    if (found.status !== 'found') return failureOf(found, { isFirst: false })
    return found.object.marker === request.marker ? grantAll(found.object, request) : { kind: 'name_burnt' }
  }

  const awaitOperation = async (vendorId: string, request: CreateRequest): Promise<CreateOutcome> => {
    const found = await requests.read(request.vendorName, request.terms, vendorId)
    if (found.status === 'found') return grantAll(found.object, request)
    if (found.status !== 'not_found') return failureOf(found, { isFirst: false, vendorId })
    await scheduler.sleep(pollMilliseconds)
    return awaitOperation(vendorId, request)
  }

  const createOne = async (request: CreateRequest): Promise<CreateOutcome> => {
    const { vendorName, marker, token, terms } = request
    const made = await requests.create({ vendorName, marker, token: token?.reveal() }, terms)
    if (made.status === 'created') return grantAll(made.object, request)
    if (made.status === 'accepted') return awaitOperation(made.vendorId, request)
    return made.status === 'conflict' ? takeOver(request) : failureOf(made, { isFirst: true })
  }

  const createShared = async (request: CreateRequest): Promise<CreateOutcome> => {
    const { vendorName, token, shared } = request
    if (token === undefined || shared?.entries.some((entry) => entry.vendorName === vendorName) !== true)
      return { kind: 'refused', problem: 'request_refused', firstStep: true }
    return (await writeShared(request)) ?? { kind: 'created', username: `robot+${vendorName}`, token }
  }

  /** Not found counts only where this administrator is shown to see something, before and after. */
  const provedByReading = async (request: DeleteRequest): Promise<DeleteOutcome> => {
    const control = () => requests.readControl(request.terms)
    for (const look of [control, () => requests.read(request.vendorName, request.terms), control]) {
      const seen = await look()
      if (seen.status !== 'found' && seen.status !== 'not_found') return failureOf(seen, { isFirst: false })
      if ((seen.status === 'found') !== (look === control)) return { kind: 'absent_unproved' }
    }
    return { kind: 'absent', evidence: 'controlled_read' }
  }

  const removeAll = async (objects: ReadonlyArray<ImaginaryObject>, request: DeleteRequest): Promise<DeleteOutcome> => {
    for (const object of objects) {
      const removed = await requests.remove(object, request.terms)
      if (removed.status === 'not_found') return { kind: 'absent_unproved' }
      if (removed.status !== 'done') return failureOf(removed, { isFirst: false })
    }
    return { kind: 'deleted' }
  }

  /** A complete listing that shows what must be there: what it does not show is gone. */
  const provedByListing = async (
    request: DeleteRequest,
    { isFirst }: { readonly isFirst: boolean },
  ): Promise<DeleteOutcome> => {
    const listed = await requests.list(request.terms)
    if (listed.status !== 'listed') return failureOf(listed, { isFirst })
    const ours = listed.objects.filter(
      ({ marker, vendorId }) => marker === request.marker || vendorId === request.vendorId,
    )
    if (ours.length > 0) return removeAll(ours, request)
    return listed.isComplete && listed.showsControl
      ? { kind: 'absent', evidence: 'listing' }
      : { kind: 'absent_unproved' }
  }

  const removeNamed = async (request: DeleteRequest): Promise<DeleteOutcome> => {
    const found = await requests.read(request.vendorName, request.terms)
    if (found.status === 'not_found')
      return knobs.canList ? provedByListing(request, { isFirst: false }) : provedByReading(request)
    if (found.status !== 'found') return failureOf(found, { isFirst: true })
    return found.object.marker === request.marker
      ? removeAll([found.object], request)
      : { kind: 'absent', evidence: 'foreign_object' }
  }

  const remove = async (request: DeleteRequest): Promise<DeleteOutcome> => {
    if (knobs.sharedObject) return (await writeShared(request)) ?? { kind: 'deleted' }
    if (!knobs.revocable) return { kind: 'not_revocable' }
    return knobs.uniqueNames ? removeNamed(request) : provedByListing(request, { isFirst: true })
  }

  const get = async (request: ReadRequest): Promise<ReadOutcome> => {
    const found = await requests.read(request.vendorName, request.terms)
    if (found.status === 'not_found') return { kind: 'absent', controlled: false }
    if (found.status !== 'found') return failureOf(found, { isFirst: true })
    const { marker, username, token, vendorId } = found.object
    return {
      kind: 'found',
      ours: knobs.sharedObject || marker === request.marker,
      username,
      vendorId,
      token: knobs.recoveryClass === 'read-back' ? secretText(token) : undefined,
    }
  }

  const list = async (terms: CallTerms): Promise<ListOutcome> => {
    const listed = await requests.list(terms)
    if (listed.status !== 'listed') return failureOf(listed, { isFirst: true })
    return listed.isComplete && listed.showsControl
      ? { kind: 'listed', credentials: listed.objects }
      : { kind: 'unknown', problem: 'unreadable_answer' }
  }

  const validate = async ({ username, token, terms }: ValidateRequest): Promise<Validation> => {
    const answer = await requests.login(username, token.reveal(), terms)
    return answer.status === 'valid' || answer.status === 'invalid'
      ? { kind: answer.status }
      : { kind: 'indeterminate', problem: failureOf(answer, { isFirst: true }).problem }
  }

  return {
    capabilities,
    scope: deps.scope,
    vendorName: ({ entropy, clusterId, credentialId }) =>
      knobs.sharedObject ? `${sharedUserPrefix}${credentialId}` : `robot_${clusterId}_${entropy.slice(0, 16)}`,
    createCredential: (request) => async () =>
      onlyUsable(await (knobs.sharedObject ? createShared(request) : createOne(request))),
    getCredential: (request) => () => get(request),
    deleteCredential: (request) => () => remove(request),
    validateCredential: (request) => () => validate(request),
    listCredentials: knobs.canList ? (terms) => () => list(terms) : undefined,
    checkAccess: () => () =>
      Promise.resolve(
        vendor.readControl().status === 'found'
          ? { kind: 'working' as const }
          : { kind: 'failing' as const, problem: 'administrator_refused' as const },
      ),
  }
}
