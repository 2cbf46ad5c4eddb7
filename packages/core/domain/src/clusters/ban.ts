import type { Failure } from '../errors.ts'
import type { Instant } from '../platform/instant.ts'

export type BanState = 'standing' | 'lifted'

/**
 * Says that nobody is given credentials for a cluster id. It belongs to the id and not to a life of it: it may be there
 * before the first one, and outlives every deletion.
 */
export interface Ban {
  readonly clusterId: string
  /** Rises by one at every write. */
  readonly version: number
  readonly state: BanState
  /** What whoever banned it said, for people. */
  readonly reason: string
  readonly bannedBy: string
  readonly bannedAt: Instant
}

/** What an answer tells of a ban. */
export type ViewedBan = Pick<Ban, 'state' | 'reason' | 'bannedBy' | 'bannedAt'>

export const isStanding = (ban: Pick<Ban, 'state'> | undefined): boolean => ban?.state === 'standing'

/** The refusal of whoever wants credentials for a banned id. */
export const refusalByBan = ({
  clusterId,
  ban,
}: {
  readonly clusterId: string
  readonly ban?: ViewedBan
}): Failure<'CLUSTER_BANNED'> | undefined =>
  ban?.state === 'standing'
    ? { code: 'CLUSTER_BANNED', clusterId, reason: ban.reason, bannedAt: ban.bannedAt }
    : undefined
