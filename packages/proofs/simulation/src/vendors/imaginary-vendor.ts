import { type Backends, makeBackends } from './backends.ts'
import type { ImaginaryObject } from './imaginary-object.ts'
import { makeOutages, type Outages } from './outages.ts'
import { landingWindowSeconds, type VendorKnobs } from './vendor-knobs.ts'

export interface CreateBody {
  readonly vendorName: string
  readonly marker: string
  readonly token?: string
}

export interface Forbidden {
  readonly status: 'forbidden'
}
export type CreateAnswer =
  | { readonly status: 'created'; readonly object: ImaginaryObject }
  | { readonly status: 'accepted'; readonly vendorId: string }
  | { readonly status: 'conflict' }
  | { readonly status: 'quota' }
  | Forbidden
export type ReadAnswer =
  { readonly status: 'found'; readonly object: ImaginaryObject } | { readonly status: 'not_found' }
export interface ListAnswer {
  readonly status: 'listed'
  readonly objects: ReadonlyArray<ImaginaryObject>
  readonly isComplete: boolean
  readonly showsControl: boolean
}
export type ChangeAnswer = { readonly status: 'done' } | { readonly status: 'not_found' } | Forbidden

/** Everything that a shared object holds; `version` differs after every replacement. */
export interface FileContent {
  readonly entries: ReadonlyArray<CreateBody>
  readonly fence: number
}

/** One imaginary vendor with its own state; every request takes effect at one moment. */
export interface ImaginaryVendor {
  readonly knobs: VendorKnobs
  readonly outages: Outages
  readonly backends: Backends
  /** A moment as the vendor's own clock shows it. */
  readonly onItsClock: (time: number) => number
  readonly create: (body: CreateBody) => CreateAnswer
  readonly grant: (vendorId: string, grant: number) => ChangeAnswer
  /** By id where one is given, by name otherwise. */
  readonly read: (vendorName: string, vendorId?: string) => ReadAnswer
  /** An object that is always there, and seen by whoever sees anything. */
  readonly readControl: () => { readonly status: 'found' } | { readonly status: 'not_found' }
  readonly list: () => ListAnswer
  /** Whatever has the name where the vendor deletes by name, the object of the id otherwise. */
  readonly remove: (object: Pick<ImaginaryObject, 'vendorName' | 'vendorId'>) => ChangeAnswer
  readonly readFile: () => { readonly status: 'read'; readonly content: FileContent; readonly version: number }
  /** Replaces everything in the shared object, whatever happened since it was read. */
  readonly replaceFile: (content: FileContent) => { readonly status: 'done' }
  readonly fileVersion: () => number
  /** Whether a create of this name would be refused as a conflict. */
  readonly isTaken: (vendorName: string) => boolean
  /** An object that somebody else makes. */
  readonly addForeign: (vendorName: string, marker: string) => ImaginaryObject
  /** Objects that are there now, whether anybody may see them or not. */
  readonly present: () => ReadonlyArray<ImaginaryObject>
  /** Whether a login succeeds now, as soon as every server knows of it. */
  readonly accepts: (username: string, token: string) => boolean
  /** Whether somebody of that name is let in, with the right token. */
  readonly knowsUser: (username: string) => boolean
  /** Whether the server that is asked now lets somebody in. */
  readonly letsIn: (username: string, token: string) => boolean
  /** Our administrator sees nothing and may do nothing until then; an outage never shortens another. */
  readonly withholdPermission: (until: number) => void
  readonly givePermission: () => void
  readonly liftQuota: () => void
  /** What is under way takes effect, and whatever there is is shown. */
  readonly catchUp: () => void
}

export interface ImaginaryVendorDeps {
  readonly knobs: VendorKnobs
  /** How far the vendor's own clock is ahead. */
  readonly clockErrorMilliseconds: number
  readonly now: () => number
  readonly drawToken: () => string
  /** Chance itself, between 0 and 1, for what a vendor does differently from time to time. */
  readonly chance: () => number
}

const truncatedShare = 0.3
const quickOperationSeconds = 5
const slowShare = 0.2

export const makeImaginaryVendor = ({
  knobs,
  clockErrorMilliseconds,
  now,
  drawToken,
  chance,
}: ImaginaryVendorDeps): ImaginaryVendor => {
  let objects: Array<ImaginaryObject> = []
  let made = 0
  let fence = 0
  let version = 0
  let permittedFrom = 0
  let quota = knobs.quota ?? Infinity
  let caughtUpAt = 0
  const backends = makeBackends({ count: knobs.backends, now, chance })

  const isPermitted = (): boolean => now() >= permittedFrom
  const isPresent = (object: ImaginaryObject, at: number): boolean => object.createdAt <= at && at < object.deletedAt
  const present = (at = now()): ReadonlyArray<ImaginaryObject> => objects.filter((object) => isPresent(object, at))
  const momentSeen = (): number => Math.max(caughtUpAt, now() - knobs.lagSeconds * 1000)
  const seen = (): ReadonlyArray<ImaginaryObject> =>
    isPermitted() ? present(Math.min(backends.momentShown(), momentSeen())) : []
  const forget = (): void => {
    const horizon = now() - landingWindowSeconds(knobs) * 1000
    if (!knobs.retainsNames) objects = objects.filter((object) => object.deletedAt > horizon)
  }

  const add = (body: CreateBody, createdAt: number): ImaginaryObject => {
    made += 1
    forget()
    const object: ImaginaryObject = {
      vendorId: `object-${String(made)}`,
      vendorName: body.vendorName,
      marker: body.marker,
      madeWithMarker: body.marker,
      token: body.token ?? drawToken(),
      createdAt,
      grants: new Set(),
      username: knobs.uniqueNames ? `robot+${body.vendorName}` : `robot+${String(made)}`,
      expiresAt: knobs.lifetimeSeconds === undefined ? Infinity : createdAt + knobs.lifetimeSeconds * 1000,
      deletedAt: Infinity,
    }
    objects.push(object)
    return object
  }

  /** Most operations are soon over; some take longer than any caller waits. */
  const operationMilliseconds = (): number => {
    if (knobs.operationSeconds === 0) return 0
    return 1000 * chance() * (chance() < slowShare ? knobs.operationSeconds : quickOperationSeconds)
  }

  /** A create that is still to take effect holds its name already. */
  const isTaken = (vendorName: string): boolean =>
    objects.some((object) => object.vendorName === vendorName && (knobs.retainsNames || now() < object.deletedAt))

  const isLoginOf = (object: ImaginaryObject, username: string, token: string): boolean =>
    object.username === username &&
    object.token === token &&
    object.expiresAt > now() &&
    object.grants.size >= knobs.grants

  return {
    knobs,
    outages: makeOutages(now),
    backends,
    onItsClock: (time) => time + clockErrorMilliseconds,
    create: (body) => {
      if (!isPermitted()) return { status: 'forbidden' }
      if (knobs.uniqueNames && isTaken(body.vendorName)) return { status: 'conflict' }
      if (present().length >= quota) return { status: 'quota' }
      const object = add(body, now() + operationMilliseconds())
      return knobs.operationSeconds > 0
        ? { status: 'accepted', vendorId: object.vendorId }
        : { status: 'created', object }
    },
    grant: (vendorId, grant) => {
      if (!isPermitted()) return { status: 'forbidden' }
      const object = present().find((other) => other.vendorId === vendorId)
      object?.grants.add(grant)
      return { status: object === undefined ? 'not_found' : 'done' }
    },
    read: (vendorName, vendorId) => {
      const object = seen().find((other) =>
        vendorId === undefined ? other.vendorName === vendorName : other.vendorId === vendorId,
      )
      return object === undefined ? { status: 'not_found' } : { status: 'found', object }
    },
    readControl: () => ({ status: isPermitted() ? 'found' : 'not_found' }),
    list: () => {
      const visible = seen()
      const isComplete = !knobs.truncatesListings || chance() > truncatedShare
      return {
        status: 'listed',
        objects: isComplete ? visible : visible.slice(0, Math.floor(visible.length / 2)),
        isComplete,
        showsControl: isPermitted(),
      }
    },
    remove: ({ vendorName, vendorId }) => {
      if (!isPermitted()) return { status: 'forbidden' }
      const object = present().find((other) =>
        knobs.deletesByName ? other.vendorName === vendorName : other.vendorId === vendorId,
      )
      if (object !== undefined) object.deletedAt = Math.min(object.deletedAt, now() + knobs.deleteSeconds * 1000)
      return { status: object === undefined ? 'not_found' : 'done' }
    },
    readFile: () => ({ status: 'read', content: { entries: present(), fence }, version }),
    replaceFile: (content) => {
      version += 1
      fence = content.fence
      for (const object of present()) {
        if (!content.entries.some((entry) => entry.vendorName === object.vendorName)) object.deletedAt = now()
      }
      for (const entry of content.entries) {
        if (!present().some((object) => object.vendorName === entry.vendorName)) add(entry, now())
      }
      return { status: 'done' }
    },
    fileVersion: () => version,
    isTaken,
    addForeign: (vendorName, marker) => add({ vendorName, marker }, now()),
    present: () => present(),
    accepts: (username, token) => present().some((object) => isLoginOf(object, username, token)),
    knowsUser: (username) => present().some((object) => isLoginOf(object, username, object.token)),
    letsIn: (username, token) => {
      const shown = backends.momentShown()
      return present(shown).some(
        (object) => isLoginOf(object, username, token) && object.createdAt + knobs.loginSeconds * 1000 <= shown,
      )
    },
    withholdPermission: (until) => {
      permittedFrom = Math.max(permittedFrom, until)
    },
    givePermission: () => {
      permittedFrom = 0
    },
    liftQuota: () => {
      quota = Infinity
    },
    catchUp: () => {
      caughtUpAt = now()
      backends.repair()
      for (const object of objects) {
        object.createdAt = Math.min(object.createdAt, now())
        if (object.deletedAt < Infinity) object.deletedAt = Math.min(object.deletedAt, now())
      }
    },
  }
}
