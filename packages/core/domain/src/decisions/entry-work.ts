import type { Credential } from '../credentials/credential.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { Registry } from '../registries/registry.ts'

type Next = Pick<Credential, 'nextAttemptAt' | 'nextWork'>

/** The earlier of two: a newer token, or a look at the present one at `lookAt`. */
export const nextOfEntry = ({ refreshAfter }: Pick<Credential, 'refreshAfter'>, lookAt: Instant | undefined): Next => {
  if (lookAt !== undefined && (refreshAfter === undefined || lookAt < refreshAfter))
    return { nextAttemptAt: lookAt, nextWork: 'validate' }
  return { nextAttemptAt: refreshAfter, nextWork: refreshAfter === undefined ? undefined : 'mint' }
}

/** A token that has just become an entry is looked at once the registry must accept it. */
export const nextOfNewEntry = (credential: Credential, registry: Registry | undefined, now: Instant): Next =>
  nextOfEntry(
    credential,
    registry === undefined ? undefined : secondsAfter(now, registry.client.capabilities.settleSeconds),
  )
