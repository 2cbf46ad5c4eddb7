import { markerOf } from '@pull-secret/domain'
import type { Callers, GivenCredential, Request } from '../callers.ts'
import { sharedUserPrefix } from '../vendors/imaginary-adapter.ts'
import type { ImaginaryVendor, VendorObject } from '../vendors/imaginary-vendor.ts'
import type { Violation } from '../violation.ts'
import type { Side, World } from '../world.ts'
import { livingRows } from './rows.ts'

/** The row that an object of this deployment belongs to; nothing for objects of others. */
const credentialIdOf = (vendor: ImaginaryVendor, { marker, vendorName }: VendorObject, deploymentId: string): string | undefined => {
  if (vendor.knobs.sharedObject) return vendorName.startsWith(sharedUserPrefix) ? vendorName.slice(sharedUserPrefix.length) : undefined
  const prefix = markerOf(deploymentId, '')
  return marker.startsWith(prefix) ? marker.slice(prefix.length) : undefined
}

/** Every object of ours at a vendor has a row that is not revoked. What cannot be withdrawn ends by itself. */
export const noOrphan = ({ scheduler }: World, { fleet: { tables, registries, deploymentId } }: Side): ReadonlyArray<Violation> => {
  const known = new Set(livingRows(tables).map((row) => row.id))
  return registries.flatMap(({ id: registryId, vendor }) => vendor.present()
    .filter((object) => object.expiresAt > scheduler.now())
    .flatMap((object): ReadonlyArray<Violation> => {
      const id = credentialIdOf(vendor, object, deploymentId)
      return id === undefined || known.has(id) ? [] : [{ invariant: 'I1', message: `${registryId} holds ${object.vendorName}, which no row accounts for` }]
    }))
}

/** Whether a delete means the life that a credential was given to, and was not refused because it means another. */
export const means = (request: Request, given: GivenCredential): boolean =>
  request.kind === 'delete' && request.clusterId === given.clusterId && request.code !== 'INCARNATION_CONFLICT'
  && (request.incarnation === undefined || request.incarnation === given.incarnation)

/** A delete that was under way when the credential was asked for, or began later, or of which nobody knows whether it is still to happen, may have meant it. */
const mayHaveBeenDeleted = ({ requests }: Callers, given: GivenCredential): boolean =>
  requests.some((request) => means(request, given) && (request.endedAt === undefined || request.answer === 'unknown' || request.endedAt > given.askedAt))

/** The vendor behind a registry of a document. */
export const vendorOf = ({ fleet: { registries } }: Side, registryId: string): ImaginaryVendor => {
  const registry = registries.find(({ id }) => id === registryId)
  if (registry === undefined) throw new Error(`a document names ${registryId}, which is not configured`)
  return registry.vendor
}

/** May be asked at any moment, and must hold at every one: a token that is mended later was broken all the same. */
export const nothingBroken = (side: Side): ReadonlyArray<Violation> =>
  side.callers.given.flatMap((given): ReadonlyArray<Violation> => {
    const vendor = vendorOf(side, given.registryId)
    if (vendor.knobs.lifetimeSeconds !== undefined || mayHaveBeenDeleted(side.callers, given)) return []
    return vendor.accepts(given.username, given.token) ? [] : [{ invariant: 'I2', message: `${given.registryId} refuses ${given.username}, which was given and never deleted` }]
  })

export const foreignLeftAlone = ({ foreign }: World): ReadonlyArray<Violation> => foreign
  .filter(({ vendor, vendorId }) => !vendor.present().some((object) => object.vendorId === vendorId))
  .map(({ vendorId }) => ({ invariant: 'I2', message: `${vendorId}, which is not ours, was touched` }))
