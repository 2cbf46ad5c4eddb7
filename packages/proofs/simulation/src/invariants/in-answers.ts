import type { Callers, Request } from '../callers.ts'
import { newestRegistries } from '../configuration.ts'
import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'
import { means } from './at-vendors.ts'
import { latestDecision } from './latest-decision.ts'
import { countBy } from './rows.ts'

const alwaysRequired = (side: Side): ReadonlyArray<string> =>
  newestRegistries(side)
    .filter(({ required, enabled }, index) => side.fleet.registries[index]?.required === true && required && enabled)
    .map(({ id }) => id)

/** Whoever gets a document gets one with every required registry, made for this life of the cluster alone. */
export const documentsAreWhole = (side: Side): ReadonlyArray<Violation> => {
  const { requests, given } = side.callers
  /** What was published before it became required is served without it. */
  const always = alwaysRequired(side)
  const lacking = requests.filter(
    ({ kind, required, registryIds }) =>
      registryIds !== undefined &&
      required.some((id) => !registryIds.includes(id) && (kind === 'generate' || always.includes(id))),
  )
  const lives = countBy(
    [...new Map(given.map((one) => [`${one.token} ${String(one.incarnation)}`, one.token])).values()],
    (token) => token,
  )
  return [
    ...lacking.map(({ kind, clusterId }) => ({
      invariant: 'contract' as const,
      message: `a ${kind} of ${clusterId} was answered without a required registry`,
    })),
    ...lives
      .filter(([, count]) => count > 1)
      .map(() => ({ invariant: 'I6' as const, message: 'one credential was given to two lives of a cluster' })),
  ]
}

/** Whether a life may have begun only after a moment: somebody who asked for it was heard later. */
const mayHaveBegunAfter = ({ requests }: Callers, clusterId: string, life: number, moment: number): boolean =>
  requests.some(
    (request) => request.clusterId === clusterId && request.recreates === life - 1 && latestDecision(request) > moment,
  )

/** Whether a delete of the life that a request was served had been answered before the request began. */
const wasDeletedBefore = (callers: Callers, { clusterId, beganAt, served = 0 }: Request): boolean =>
  callers.requests.some(
    (request) =>
      request.kind === 'delete' &&
      request.clusterId === clusterId &&
      request.endedAt !== undefined &&
      request.endedAt < beganAt &&
      (request.answer === 'deleted' || request.answer === 'deleting') &&
      (request.incarnation === undefined
        ? !mayHaveBegunAfter(callers, clusterId, served, request.beganAt)
        : request.incarnation === served),
  )

/** A delete that is answered as done leaves no vendor that still accepts what was given before it began. */
export const deletedForCertain = (side: Side, request: Request): ReadonlyArray<Violation> =>
  (request.answer === 'deleted' ? side.callers.given : [])
    .filter((given) => means(request, given) && given.at < request.beganAt)
    .filter(({ vendor, username, token }) => vendor.accepts(username, token))
    .map(({ registryId, username, clusterId }) => ({
      invariant: 'I6',
      message: `${registryId} accepts ${username} after the delete of ${clusterId} was answered as done`,
    }))

export const deletedStaysDeleted = (side: Side): ReadonlyArray<Violation> => {
  const {
    callers,
    fleet: { tables },
  } = side
  const served = callers.requests.filter((request) => request.answer === 'secret' && wasDeletedBefore(callers, request))
  const dead = [...tables.clusters.values()]
    .filter(({ cluster, credentials }) => cluster?.state === 'deleted' && credentials.length === 0)
    .map(({ clusterId }) => clusterId)
  const accepted = callers.given.filter(
    ({ clusterId, vendor, username, token }) => dead.includes(clusterId) && vendor.accepts(username, token),
  )
  return [
    ...served.map((request) => ({
      invariant: 'I6' as const,
      message: `a ${request.kind} of ${request.clusterId} begun after its delete was answered with a pull secret`,
    })),
    ...accepted.map((given) => ({
      invariant: 'I6' as const,
      message: `${given.registryId} accepts ${given.username} of a deleted cluster`,
    })),
  ]
}

/** A deleted id lives again only by a request that named exactly the life that was deleted. */
export const livesAreAskedFor = ({ callers: { given, requests } }: Side): ReadonlyArray<Violation> =>
  given
    .filter(
      ({ clusterId, incarnation, at }) =>
        incarnation > 1 &&
        !requests.some(
          (request) => request.clusterId === clusterId && request.recreates === incarnation - 1 && request.beganAt < at,
        ),
    )
    .map(({ clusterId, incarnation }) => ({
      invariant: 'I6',
      message: `life ${String(incarnation)} of ${clusterId} was served, which nobody asked for`,
    }))

/** Who asks for the life after a certain one is given that life and no later one. */
export const onlyTheLifeAskedFor = ({ callers: { requests } }: Side): ReadonlyArray<Violation> =>
  requests
    .filter(({ recreates, served }) => recreates !== undefined && served !== undefined && served !== recreates + 1)
    .map(({ clusterId, recreates = 0, served = 0 }) => ({
      invariant: 'I6',
      message: `life ${String(served)} of ${clusterId} was given to who asked for the one after ${String(recreates)}`,
    }))

/** Callers give up after 10 s; an answer reaches them before. */
const patienceMilliseconds = 9_500

/** Who asks for something is answered in time, unless the process stood still. */
export const everythingInTime = ({ callers: { requests } }: Side): ReadonlyArray<Violation> =>
  requests
    .filter(({ kind, tookMilliseconds = 0 }) => kind !== 'recover' && tookMilliseconds > patienceMilliseconds)
    .map(({ kind, clusterId, tookMilliseconds = 0 }) => ({
      invariant: 'contract',
      message: `a ${kind} of ${clusterId} took ${String(tookMilliseconds)} ms`,
    }))

/** Whoever asked a process that still lives got an answer. */
export const everythingAnswered = ({ callers: { requests } }: Side): ReadonlyArray<Violation> =>
  requests
    .filter(({ endedAt, replica }) => endedAt === undefined && replica.isAlive())
    .map(({ kind, clusterId, replica }) => ({
      invariant: 'bug',
      message: `${replica.name} never answered a ${kind} of ${clusterId}`,
    }))
