import type { BucketTerms, RecoveryClass } from '@pull-secret/domain'

/** How one imaginary vendor behaves. */
export interface VendorKnobs {
  readonly recoveryClass: RecoveryClass
  /** Refuses a second object of the same name. */
  readonly uniqueNames: boolean
  /** A deleted name stays taken, by an object that nobody sees. */
  readonly retainsNames: boolean
  readonly canList: boolean
  /** A delete takes whatever has the name, not the object that was meant. */
  readonly deletesByName: boolean
  /** Whether a credential can be withdrawn before it expires. */
  readonly revocable: boolean
  readonly lifetimeSeconds?: number
  /** One object holds the credentials of many rows. */
  readonly sharedObject: boolean
  readonly executesOnce: boolean
  /** Requests that a create needs after the first before a login is accepted: a team, a role, a scope. */
  readonly grants: number
  /** A create is accepted at once and takes effect later, this much at most. */
  readonly operationSeconds: number
  /** A delete is accepted at once and takes effect this much later. */
  readonly deleteSeconds: number
  /** What was made is let in this much later. */
  readonly loginSeconds: number
  /** Reads and listings show the vendor as it was this long ago. */
  readonly lagSeconds: number
  /** Some listings end early, and say so. */
  readonly truncatesListings: boolean
  /** Servers behind its address; of several, one stops following the others for good and goes on answering. */
  readonly backends: number
  /** Objects of all owners that there may be; more are refused. */
  readonly quota?: number
  /** How many requests it takes of all deployments together. */
  readonly limit?: BucketTerms
}

/** Unique names, secrets that can be read again, one grant, deletes and listings that take effect at once. */
// prettier-ignore
const plain: VendorKnobs = {
  recoveryClass: 'read-back', uniqueNames: true, retainsNames: false, canList: true, deletesByName: false, revocable: true, sharedObject: false, executesOnce: false,
  grants: 0, operationSeconds: 0, deleteSeconds: 0, loginSeconds: 0, lagSeconds: 0, truncatesListings: false, backends: 1,
}

/** One vendor of every kind that the service knows how to recover from, each with some of what vendors do. */
// prettier-ignore
export const vendorKinds: Readonly<Record<string, VendorKnobs>> = {
  quay: { ...plain, grants: 1, deletesByName: true },
  rhit: { ...plain, deletesByName: true, retainsNames: true, canList: false, deleteSeconds: 2 },
  'caller-secret': { ...plain, recoveryClass: 'caller-secret', quota: 12 },
  'one-shot': { ...plain, recoveryClass: 'one-shot', grants: 2 },
  'one-shot-twins': { ...plain, recoveryClass: 'one-shot', uniqueNames: false, truncatesListings: true, lagSeconds: 90 },
  'long-running': { ...plain, recoveryClass: 'one-shot', operationSeconds: 900, deleteSeconds: 120, canList: false },
  lagging: { ...plain, grants: 1, lagSeconds: 120, deleteSeconds: 45, loginSeconds: 90 },
  direct: { ...plain, executesOnce: true, grants: 1, quota: 8 },
  stateless: { ...plain, recoveryClass: 'stateless', uniqueNames: false, canList: false, revocable: false, lifetimeSeconds: 1800 },
  'shared-file': { ...plain, recoveryClass: 'caller-secret', sharedObject: true, executesOnce: true },
  limited: { ...plain, grants: 1, canList: false, limit: { perMinute: 20, burst: 4 } },
}

/** Single knobs that a kind may be asked for in addition, as in `quay+quota`. */
// prettier-ignore
export const extraKnobs: Readonly<Record<string, Partial<VendorKnobs>>> = {
  quota: { quota: 12 }, lagging: { lagSeconds: 120 }, truncating: { truncatesListings: true },
  'slow-delete': { deleteSeconds: 60 }, 'slow-create': { operationSeconds: 20 }, granted: { grants: 2 }, retaining: { retainsNames: true }, unlisted: { canList: false }, backends: { backends: 4 },
}

const landingSeconds = 900
const fileLandingSeconds = 60

/** How long after its lease a request may still take effect or stay unseen, as an adapter would declare it. */
export const landingWindowSeconds = (knobs: VendorKnobs): number =>
  (knobs.sharedObject ? fileLandingSeconds : landingSeconds) +
  knobs.operationSeconds +
  knobs.deleteSeconds +
  knobs.lagSeconds

/** `quay`, or a kind with further knobs: `quay+quota+lagging`. */
export const knobsOf = (description: string): VendorKnobs => {
  const [kind = '', ...extras] = description.split('+')
  const base = Object.hasOwn(vendorKinds, kind) ? vendorKinds[kind] : undefined
  if (base === undefined)
    throw new Error(`there is no vendor of kind ${kind}: choose from ${Object.keys(vendorKinds).join(', ')}`)
  const unknown = extras.find((extra) => !Object.hasOwn(extraKnobs, extra))
  if (unknown !== undefined)
    throw new Error(`there is no knob ${unknown}: choose from ${Object.keys(extraKnobs).join(', ')}`)
  return extras.reduce((knobs, extra) => ({ ...knobs, ...extraKnobs[extra] }), base)
}
