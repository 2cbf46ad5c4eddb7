import type { CallRecord, Facts, Invariant } from './facts.ts'

const isAnswered = ({ status = 0 }: CallRecord): boolean => status >= 200 && status < 300

/** A recreate that was refused cannot have brought the cluster back. */
const mayHaveRevived = ({ kind, status }: CallRecord): boolean =>
  kind === 'recreate' && (status === undefined || status < 400 || status >= 500)

const isRevivedBetween = (calls: ReadonlyArray<CallRecord>, deletion: CallRecord, served: CallRecord): boolean =>
  calls.some(
    (call) =>
      mayHaveRevived(call) && call.begun < (served.ended ?? Infinity) && (call.ended ?? Infinity) > deletion.begun,
  )

const servedAfterDelete = (ofCluster: ReadonlyArray<CallRecord>): ReadonlyArray<string> => {
  const deletions = ofCluster.filter((call) => call.kind === 'delete' && isAnswered(call))
  const served = ofCluster.filter(({ handed }) => handed.length > 0)
  return deletions
    .filter((deletion) =>
      served.some((call) => call.begun > (deletion.ended ?? Infinity) && !isRevivedBetween(ofCluster, deletion, call)),
    )
    .map(({ clusterId }) => `${clusterId} was deleted, and a call begun afterwards was answered with a pull secret`)
}

const acceptedAfterRevocation = ({ calls, rowOf, isAccepted, clusters }: Facts): ReadonlyArray<string> => {
  const deleted = new Set(clusters.filter(({ state }) => state === 'deleted').map(({ id }) => id))
  return calls.flatMap(({ clusterId, handed }) =>
    handed
      .filter((entry) => deleted.has(clusterId) || rowOf(entry)?.state === 'revoked')
      .filter(isAccepted)
      .map(({ username, host }) => `${username} of ${clusterId} is revoked and still accepted for ${host}`),
  )
}

export const deletedIsRefused: Invariant = {
  name: 'I6 after a delete nothing is served, and what is revoked no vendor accepts',
  broken: (facts) => [
    ...[...Map.groupBy(facts.calls, ({ clusterId }) => clusterId).values()].flatMap(servedAfterDelete),
    ...new Set(acceptedAfterRevocation(facts)),
  ],
}
