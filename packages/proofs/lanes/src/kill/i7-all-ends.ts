import type { CallRecord, ClusterFact, Facts, Invariant } from './facts.ts'

const unfinishedRows = ({ credentials }: Facts): ReadonlyArray<string> =>
  credentials
    .filter(({ state }) => state !== 'active' && state !== 'revoked')
    .map(
      ({ id, registryId, state, problem = 'no problem recorded' }) =>
        `credential ${id} at ${registryId} is still ${state} (${problem})`,
    )

const unfinishedClusters = ({ clusters, credentials, registryIds }: Facts): ReadonlyArray<string> => {
  const complaint = ({ id, state, isPublished }: ClusterFact): string | undefined => {
    if (state === 'deleting') return `${id} is still being deleted`
    if (state === 'deleted') return undefined
    if (!isPublished) return `${id} is live and never got a pull secret`
    const lacking = registryIds.filter(
      (registryId) =>
        !credentials.some((row) => row.clusterId === id && row.registryId === registryId && row.state === 'active'),
    )
    return lacking.length === 0 ? undefined : `${id} still lacks ${lacking.join(', ')}`
  }
  return clusters.flatMap((cluster) => complaint(cluster) ?? [])
}

const isAnswered = ({ status = 0 }: CallRecord): boolean => status >= 200 && status < 300

/** What callers were promised: a cluster that got a pull secret lives, one whose deletion was answered does not. */
const brokenPromises = ({ calls, clusters }: Facts): ReadonlyArray<string> => {
  const states = new Map(clusters.map(({ id, state }) => [id, state]))
  return [...Map.groupBy(calls, ({ clusterId }) => clusterId)].flatMap(([clusterId, ofCluster]) => {
    const deletions = ofCluster.filter(({ kind }) => kind === 'delete')
    const state = states.get(clusterId) ?? 'unknown'
    if (deletions.length === 0 && ofCluster.some(({ handed }) => handed.length > 0) && state !== 'live')
      return [`${clusterId} was given out and is ${state}`]
    const mayLive = ofCluster.some(({ kind }) => kind === 'recreate')
    return deletions.some(isAnswered) && !mayLive && state !== 'deleted'
      ? [`the deletion of ${clusterId} was answered and it is ${state}`]
      : []
  })
}

export const allEnds: Invariant = {
  name: 'I7 every row and every cluster reaches its end',
  broken: (facts) => [...unfinishedRows(facts), ...unfinishedClusters(facts), ...brokenPromises(facts)],
}
