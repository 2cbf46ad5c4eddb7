import type { PullSecret } from '@pull-secret/domain'
import type { Replica } from './replica.ts'
import type { ImaginaryVendor } from './vendors/imaginary-vendor.ts'

/** One credential as a caller got it. */
export interface GivenCredential {
  readonly clusterId: string
  /** The life of the cluster that it was given to. */
  readonly incarnation: number
  readonly registryId: string
  /** Who answers at the host that it was given for. */
  readonly vendor: ImaginaryVendor
  readonly username: string
  readonly token: string
  /** When the request began that it answers: what happened since may be unknown to the answer. */
  readonly askedAt: number
  readonly at: number
  /** Until when it was said to work, at the latest. */
  readonly expiresAt: number
}

/** One request, as its sender saw it; without an end it was never answered. */
export interface Request {
  /** Who was asked. */
  readonly replica: Replica
  readonly kind: 'generate' | 'retrieve' | 'delete' | 'ban' | 'unban' | 'recover'
  /** Empty for a recovery, which means all. */
  readonly clusterId: string
  readonly beganAt: number
  /** The deleted life that a generate wants to follow. */
  readonly recreates?: number
  /** The life that a delete names. */
  readonly incarnation?: number
  /** The life that a delete was answered to have met. */
  met?: number
  endedAt?: number
  /** How long it took, without the time that its process stood still. */
  tookMilliseconds?: number
  /** The life whose pull secret it was answered with. */
  served?: number
  /** The registries that the configuration of who was asked requires. */
  readonly required: ReadonlyArray<string>
  /** The registries in the document that it was answered with. */
  registryIds?: ReadonlyArray<string>
  /** Why it was refused. */
  code?: string
  answer?:
    | 'secret'
    | 'deleted'
    | 'deleting'
    | 'banned'
    | 'banned and revoked'
    | 'not banned'
    | 'recovered'
    | 'refused'
    | 'unknown'
}

/** What the outside saw: the only thing, beside the vendors, that invariants may be judged by. */
export interface Callers {
  readonly requests: Array<Request>
  readonly given: Array<GivenCredential>
  readonly bugs: Array<unknown>
}

export const makeCallers = (): Callers => ({ requests: [], given: [], bugs: [] })

/** The credentials of a document, taken apart as a cluster would. */
export const credentialsIn = (
  secret: PullSecret,
  askedAt: number,
  at: number,
  timeOf: (instant: number) => number,
  behind: (host: string) => Pick<GivenCredential, 'registryId' | 'vendor'>,
): ReadonlyArray<GivenCredential> =>
  Object.entries(secret.document.auths).map(([host, { auth }]) => {
    const text = Buffer.from(auth, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    const { registryId, vendor } = behind(host)
    const announced = secret.credentials.find((credential) => credential.registryId === registryId)?.expiresAt
    return {
      clusterId: secret.clusterId,
      incarnation: secret.incarnation,
      registryId,
      vendor,
      expiresAt: announced === undefined ? Infinity : timeOf(announced),
      username: text.slice(0, colon),
      token: text.slice(colon + 1),
      askedAt,
      at,
    }
  })
