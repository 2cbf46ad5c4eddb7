import type { Callers, Request } from '../callers.ts'
import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'
import { means, vendorOf } from './at-vendors.ts'
import { countBy } from './rows.ts'

/** Whoever gets a document gets one with every required registry, made for this life of the cluster alone. */
export const documentsAreWhole = ({ callers: { requests, given }, fleet: { registries } }: Side): ReadonlyArray<Violation> => {
  const required = registries.filter((registry) => registry.required).map(({ id }) => id)
  const lacking = requests.filter(({ registryIds }) => registryIds !== undefined && required.some((id) => !registryIds.includes(id)))
  const lives = countBy([...new Map(given.map((one) => [`${one.token} ${String(one.incarnation)}`, one.token])).values()], (token) => token)
  return [
    ...lacking.map(({ kind, clusterId }) => ({ invariant: 'contract' as const, message: `a ${kind} of ${clusterId} was answered without a required registry` })),
    ...lives.filter(([, count]) => count > 1).map(() => ({ invariant: 'I6' as const, message: 'one credential was given to two lives of a cluster' })),
  ]
}

/** The last delete answered before a request began, unless a request to recreate had begun since that delete began. */
const deletedBefore = ({ requests }: Callers, clusterId: string, beganAt: number): boolean => {
  const deletes = requests.filter((request) => request.kind === 'delete' && request.clusterId === clusterId && request.endedAt !== undefined && request.endedAt < beganAt
    && (request.answer === 'deleted' || request.answer === 'deleting'))
  const last = deletes.sort((one, other) => one.beganAt - other.beganAt).at(-1)
  if (last === undefined) return false
  return !requests.some((request) => request.kind === 'generate' && request.recreates !== undefined && request.code !== 'CLUSTER_DELETED' && request.clusterId === clusterId && (request.endedAt ?? Infinity) > last.beganAt)
}

/** A delete that is answered as done leaves no vendor that still accepts what was given before it began. What cannot be withdrawn ends by itself. */
export const deletedForCertain = (side: Side, request: Request): ReadonlyArray<Violation> => (request.answer === 'deleted' ? side.callers.given : [])
  .filter((given) => means(request, given) && given.at < request.beganAt)
  .filter((given) => {
    const { knobs, accepts } = vendorOf(side, given.registryId)
    return knobs.lifetimeSeconds === undefined && accepts(given.username, given.token)
  })
  .map((given) => ({ invariant: 'I6', message: `${given.registryId} accepts ${given.username} after the delete of ${given.clusterId} was answered as done` }))

export const deletedStaysDeleted = (side: Side): ReadonlyArray<Violation> => {
  const { callers, fleet: { tables } } = side
  const served = callers.requests.filter((request) => request.answer === 'secret' && deletedBefore(callers, request.clusterId, request.beganAt))
  const dead = [...tables.clusters.values()].filter(({ cluster, credentials }) => cluster?.state === 'deleted' && credentials.length === 0).map(({ clusterId }) => clusterId)
  const accepted = callers.given.filter(({ clusterId, registryId, username, token }) => {
    const vendor = vendorOf(side, registryId)
    return dead.includes(clusterId) && vendor.knobs.lifetimeSeconds === undefined && vendor.accepts(username, token)
  })
  return [
    ...served.map((request) => ({ invariant: 'I6' as const, message: `a ${request.kind} of ${request.clusterId} begun after its delete was answered with a pull secret` })),
    ...accepted.map((given) => ({ invariant: 'I6' as const, message: `${given.registryId} accepts ${given.username} of a deleted cluster` })),
  ]
}

/** A deleted id lives again only by a request that named exactly the life that was deleted. */
export const livesAreAskedFor = ({ callers: { given, requests } }: Side): ReadonlyArray<Violation> => given
  .filter(({ clusterId, incarnation, at }) => incarnation > 1
    && !requests.some((request) => request.clusterId === clusterId && request.recreates === incarnation - 1 && request.beganAt < at))
  .map(({ clusterId, incarnation }) => ({ invariant: 'I6', message: `life ${String(incarnation)} of ${clusterId} was served, which nobody asked for` }))

/** Who asks for the life after a certain one is given that life and no later one. */
export const onlyTheLifeAskedFor = ({ callers: { requests } }: Side): ReadonlyArray<Violation> => requests
  .filter(({ recreates, served }) => recreates !== undefined && served !== undefined && served !== recreates + 1)
  .map(({ clusterId, recreates = 0, served = 0 }) => ({ invariant: 'I6', message: `life ${String(served)} of ${clusterId} was given to who asked for the one after ${String(recreates)}` }))

/** Whoever asked a process that still lives got an answer. */
export const everythingAnswered = ({ callers: { requests } }: Side): ReadonlyArray<Violation> => requests
  .filter(({ endedAt, replica }) => endedAt === undefined && replica.isAlive())
  .map(({ kind, clusterId, replica }) => ({ invariant: 'bug', message: `${replica.name} never answered a ${kind} of ${clusterId}` }))
