import { type BanRule, type BanState, isLegalBanTransition, isStanding } from '@pull-secret/domain'
import type { Callers, GivenCredential, Request } from '../callers.ts'
import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'
import { latestDecision } from './latest-decision.ts'

/** A ban means every life of its id. */
const bans = (request: Request, clusterId: string): boolean => request.kind === 'ban' && request.clusterId === clusterId

/** A ban that may have been decided after the credential was asked for may have met it. */
export const mayHaveBeenBanned = ({ requests }: Callers, { clusterId, askedAt }: GivenCredential): boolean =>
  requests.some((request) => bans(request, clusterId) && latestDecision(request) > askedAt)

const isAnswered = ({ answer }: Request): boolean => answer === 'banned' || answer === 'banned and revoked'

/** Whether a ban had been answered before a request began, and nothing can have lifted it meanwhile. */
const wasBannedBefore = ({ requests }: Callers, { clusterId, beganAt, endedAt = Infinity }: Request): boolean =>
  requests.some(
    (ban) =>
      bans(ban, clusterId) &&
      isAnswered(ban) &&
      (ban.endedAt ?? Infinity) < beganAt &&
      !requests.some(
        (other) =>
          other.kind === 'unban' &&
          other.clusterId === clusterId &&
          other.beganAt < endedAt &&
          latestDecision(other) > ban.beganAt,
      ),
  )

/** Nobody is given a pull secret for a banned id. */
export const bannedGetsNothing = ({ callers }: Side): ReadonlyArray<Violation> =>
  callers.requests
    .filter((request) => request.answer === 'secret' && wasBannedBefore(callers, request))
    .map(({ kind, clusterId }) => ({
      invariant: 'I6',
      message: `a ${kind} of ${clusterId} begun after its ban was answered with a pull secret`,
    }))

/** A ban that is answered as done leaves no vendor that still accepts what was given before it began. */
export const bannedForCertain = ({ callers }: Side, request: Request): ReadonlyArray<Violation> =>
  (request.answer === 'banned and revoked' ? callers.given : [])
    .filter(({ clusterId, at }) => clusterId === request.clusterId && at < request.beganAt)
    .filter(({ vendor, username, token }) => vendor.accepts(username, token))
    .map(({ registryId, username, clusterId }) => ({
      invariant: 'I6',
      message: `${registryId} accepts ${username} after the ban of ${clusterId} was answered as done`,
    }))

/** In the end a ban that stands has left nothing that a vendor accepts, whenever it was given. */
export const bannedIsDead = ({ callers, fleet: { tables } }: Side): ReadonlyArray<Violation> => {
  const dead = [...tables.clusters.values()]
    .filter(({ ban, credentials }) => isStanding(ban) && credentials.length === 0)
    .map(({ clusterId }) => clusterId)
  return callers.given
    .filter(({ clusterId, vendor, username, token }) => dead.includes(clusterId) && vendor.accepts(username, token))
    .map(({ registryId, username }) => ({
      invariant: 'I6',
      message: `${registryId} accepts ${username} of a banned cluster`,
    }))
}

/** May be asked at any moment: a ban takes every row out of use in its own transaction. */
export const bansLeaveNothingInUse = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.clusters.values()]
    .filter(({ ban }) => isStanding(ban))
    .flatMap(({ credentials }) => credentials.filter(({ state }) => state !== 'revoking'))
    .map(({ registryId, id, clusterId, state }) => ({
      invariant: 'I6',
      message: `${registryId} row ${id} of ${clusterId}, which is banned, is ${state}`,
    }))

/** What becomes of a ban while its cluster's chain is replayed. */
interface Replayed {
  readonly state: BanState | 'none'
  /** Banned since the last time that somebody asked for a pull secret. */
  readonly isDormant: boolean
  readonly broken?: string
}

const ofLife = ['C1', 'C7', 'K1', 'K4']

const replay = (sofar: Replayed, rule: string, from: unknown, to: unknown, kind: string): Replayed => {
  if (rule.startsWith('B')) {
    const isLegal = from === sofar.state && isLegalBanTransition(rule as BanRule, sofar.state, to as BanState)
    const state = to as BanState
    return {
      state,
      isDormant: sofar.isDormant || state === 'standing',
      broken: sofar.broken ?? (isLegal ? undefined : `${rule} cannot lead from ${sofar.state} to ${String(to)}`),
    }
  }
  if (!ofLife.includes(rule)) return sofar
  if (sofar.state === 'standing') return { ...sofar, broken: sofar.broken ?? `${rule} while it is banned` }
  if (kind === 'generate') return { ...sofar, isDormant: false }
  return sofar.isDormant ? { ...sofar, broken: sofar.broken ?? `${rule} in a ${kind} after it was unbanned` } : sofar
}

/**
 * Replaying the changes of a cluster gives its ban. While it stands nothing is created or published, and afterwards
 * nothing until somebody asks for it.
 */
export const bansAreKept = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.clusters.values()].flatMap(({ clusterId, cluster, ban }): ReadonlyArray<Violation> => {
    const { state, broken } = (tables.audit.get(clusterId) ?? [])
      .filter(({ record }) => record.kind === 'change')
      .reduce<Replayed>(
        (sofar, { record: { metadata, traceId } }) =>
          replay(sofar, String(metadata['rule']), metadata['from'], metadata['to'], traceId),
        { state: 'none', isDormant: false },
      )
    const isAwake = isStanding(ban) && cluster?.state === 'live' && cluster.dormantSince === undefined
    return [
      ...(broken === undefined ? [] : [{ invariant: 'I4' as const, message: `${clusterId}: ${broken}` }]),
      ...(state === (ban?.state ?? 'none')
        ? []
        : [{ invariant: 'I4' as const, message: `the ban of ${clusterId} is not what its audit says` }]),
      ...(isAwake ? [{ invariant: 'I6' as const, message: `${clusterId} is banned and not dormant` }] : []),
    ]
  })
