import { markerOf } from '@pull-secret/domain'
import type { Callers, GivenCredential, Request } from '../callers.ts'
import type { ImaginaryObject } from '../vendors/imaginary-object.ts'
import type { ImaginaryVendor } from '../vendors/imaginary-vendor.ts'
import { sharedUserPrefix } from '../vendors/shared-writer.ts'
import type { Violation } from '../violation.ts'
import type { Side, World } from '../world.ts'
import { mayHaveBeenBanned } from './in-bans.ts'
import { latestDecision } from './latest-decision.ts'
import { livingRows } from './rows.ts'

/** An announced end is the vendor's, whose clock may be wrong. */
const clockSkewMilliseconds = 600_000

/** The row that an object of this deployment belongs to; nothing for objects of others. */
export const credentialIdOf = (
  vendor: ImaginaryVendor,
  { madeWithMarker, vendorName }: ImaginaryObject,
  deploymentId: string,
): string | undefined => {
  if (vendor.knobs.sharedObject)
    return vendorName.startsWith(sharedUserPrefix) ? vendorName.slice(sharedUserPrefix.length) : undefined
  const prefix = markerOf(deploymentId, '')
  return madeWithMarker.startsWith(prefix) ? madeWithMarker.slice(prefix.length) : undefined
}

/** Every object of ours at a vendor has a row that is not revoked. What cannot be withdrawn ends by itself. */
export const noOrphan = (
  { scheduler }: World,
  { fleet: { tables, registries, deploymentId } }: Side,
): ReadonlyArray<Violation> => {
  const known = new Set(livingRows(tables).map((row) => row.id))
  return registries.flatMap(({ id: registryId, vendors }) =>
    vendors().flatMap((vendor) =>
      vendor
        .present()
        .filter((object) => object.expiresAt > scheduler.now())
        .flatMap((object): ReadonlyArray<Violation> => {
          const id = credentialIdOf(vendor, object, deploymentId)
          return id === undefined || known.has(id)
            ? []
            : [{ invariant: 'I1', message: `${registryId} holds ${object.vendorName}, which no row accounts for` }]
        }),
    ),
  )
}

/** May be asked at any moment: what was proved to be gone is gone for good. */
export const nothingReturns = (
  { scheduler }: World,
  { fleet: { tables, registries, deploymentId } }: Side,
): ReadonlyArray<Violation> =>
  registries.flatMap(({ id: registryId, vendors }) =>
    vendors().flatMap((vendor) =>
      vendor
        .present()
        .filter(
          (object) =>
            object.expiresAt > scheduler.now() &&
            tables.revoked.has(credentialIdOf(vendor, object, deploymentId) ?? ''),
        )
        .map((object) => ({
          invariant: 'I1',
          message: `${registryId} holds ${object.vendorName}, whose row is revoked`,
        })),
    ),
  )

/** Whether a delete means the life that a credential was given to, and was not refused because it means another. */
export const means = (request: Request, given: GivenCredential): boolean =>
  request.kind === 'delete' &&
  request.clusterId === given.clusterId &&
  request.code !== 'INCARNATION_CONFLICT' &&
  (request.incarnation ?? request.met ?? given.incarnation) === given.incarnation

/** A delete that may have been decided after the credential was asked for may have meant it. */
const mayHaveBeenDeleted = ({ requests }: Callers, given: GivenCredential): boolean =>
  requests.some((request) => means(request, given) && latestDecision(request) > given.askedAt)

/** May be asked at any moment, and must hold at every one: a token that is mended later was broken all the same. */
export const nothingBroken = ({ scheduler }: World, side: Side): ReadonlyArray<Violation> =>
  side.callers.given.flatMap((given): ReadonlyArray<Violation> => {
    if (scheduler.now() >= given.expiresAt - clockSkewMilliseconds) return []
    if (mayHaveBeenDeleted(side.callers, given) || mayHaveBeenBanned(side.callers, given)) return []
    return given.vendor.accepts(given.username, given.token)
      ? []
      : [
          {
            invariant: 'I2',
            message: `${given.registryId} refuses ${given.username}, which was given and never taken back`,
          },
        ]
  })

export const foreignLeftAlone = ({ foreign }: World): ReadonlyArray<Violation> =>
  foreign
    .filter(
      ({ vendor, vendorId }) =>
        !vendor.present().some((object) => object.vendorId === vendorId && object.grants.size === 0),
    )
    .map(({ vendorId }) => ({ invariant: 'I2', message: `${vendorId}, which is not ours, was touched` }))
