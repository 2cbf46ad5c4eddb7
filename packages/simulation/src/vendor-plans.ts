import { callerSecretLike, oneShotLike, quayLike, rhitLike, sharedFileLike, statelessLike, type VendorBehaviour } from '@pull-secret/in-memory'
import type { VendorPlan } from './fleet.ts'

/** One vendor of every kind that the service knows how to recover from. */
export const vendorKinds: Readonly<Record<string, VendorBehaviour>> = {
  quay: quayLike, rhit: rhitLike, 'caller-secret': callerSecretLike, 'one-shot': oneShotLike, stateless: statelessLike, 'shared-file': sharedFileLike,
}

export const vendorPlans = (kinds: ReadonlyArray<string>): ReadonlyArray<VendorPlan> => kinds.map((kind, index) => {
  const behaviour = vendorKinds[kind]
  if (behaviour === undefined) throw new Error(`there is no vendor of kind ${kind}: choose from ${Object.keys(vendorKinds).join(', ')}`)
  return { id: kind, behaviour, required: index < 2 }
})
