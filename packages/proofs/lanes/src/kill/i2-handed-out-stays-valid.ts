import type { CallRecord, Facts, Invariant } from './facts.ts'

const deletedByCallers = ({ calls }: Facts): ReadonlySet<string> =>
  new Set(calls.filter(({ kind }) => kind === 'delete').map(({ clusterId }) => clusterId))

const complaints = (
  { clusterId, handed }: CallRecord,
  { isAccepted, rowOf, isDeleted }: Facts & { readonly isDeleted: boolean },
): ReadonlyArray<string> =>
  handed
    .filter((entry) => !isDeleted || rowOf(entry)?.state === 'active')
    .filter((entry) => !isAccepted(entry))
    .map(
      ({ host, username }) =>
        `${username} of ${clusterId} was handed out for ${host} and is refused, though nobody asked for that`,
    )

export const handedOutStaysValid: Invariant = {
  name: 'I2 what was handed out stays valid until its deletion is asked for, and nothing of others is touched',
  broken: (facts) => {
    const deleted = deletedByCallers(facts)
    const refused = facts.calls.flatMap((call) =>
      complaints(call, { ...facts, isDeleted: deleted.has(call.clusterId) }),
    )
    return [...new Set(refused), ...facts.touchedStrangers]
  },
}
