import type { PullSecret } from '@pull-secret/application'

/** One credential as a caller got it. */
export interface GivenCredential {
  readonly clusterId: string
  readonly registryId: string
  readonly username: string
  readonly token: string
  readonly at: number
}

/** One request, as its sender saw it; without an end it was never answered. */
export interface Request {
  readonly kind: 'generate' | 'retrieve' | 'delete'
  readonly clusterId: string
  readonly beganAt: number
  readonly recreates: boolean
  endedAt?: number
  answer?: 'secret' | 'deleted' | 'deleting' | 'refused' | 'unknown'
}

/** What the outside saw: the only thing, beside the vendors, that invariants may be judged by. */
export interface Callers {
  readonly requests: Request[]
  readonly given: GivenCredential[]
  readonly bugs: unknown[]
}

export const makeCallers = (): Callers => ({ requests: [], given: [], bugs: [] })

/** The credentials of a document, taken apart as a cluster would. */
export const credentialsIn = (secret: PullSecret, at: number): ReadonlyArray<GivenCredential> =>
  Object.entries(secret.document.auths).map(([host, { auth }]) => {
    const text = Buffer.from(auth, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    return { clusterId: secret.clusterId, registryId: host.replace('.example.com', ''), username: text.slice(0, colon), token: text.slice(colon + 1), at }
  })
