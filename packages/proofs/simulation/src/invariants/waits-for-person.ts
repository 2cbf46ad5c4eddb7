import type { Credential } from '@pull-secret/domain'
import type { Side } from '../world.ts'
import { credentialIdOf } from './at-vendors.ts'

/**
 * Whether a row is flagged, and it takes a person to say whose the object under its name is, since a person changed its
 * description.
 */
export const waitsForPerson = ({ fleet: { registries, deploymentId } }: Side, row: Credential): boolean =>
  row.stuckSince !== undefined &&
  registries.some(
    ({ id, vendors }) =>
      id === row.registryId &&
      vendors().some((vendor) =>
        vendor
          .present()
          .some(
            (object) =>
              object.marker !== object.madeWithMarker && credentialIdOf(vendor, object, deploymentId) === row.id,
          ),
      ),
  )
