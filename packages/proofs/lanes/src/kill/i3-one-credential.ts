import type { DocumentEntry } from '../stage/pull-secret-answer.ts'
import type { CredentialFact, Facts, Invariant } from './facts.ts'

const countBy = <A>(items: ReadonlyArray<A>, keyOf: (item: A) => string): ReadonlyMap<string, number> =>
  items.reduce((counts, item) => counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1), new Map<string, number>())

const crowded = (rows: ReadonlyArray<CredentialFact>, what: string): ReadonlyArray<string> =>
  [...countBy(rows, ({ clusterId, registryId }) => `${clusterId} at ${registryId}`)]
    .filter(([, count]) => count > 1)
    .map(([place, count]) => `${place} has ${count} ${what} rows`)

const distinctHanded = ({ calls }: Facts): ReadonlyArray<DocumentEntry> => [
  ...new Map(
    calls.flatMap(({ handed }) => handed).map((entry) => [`${entry.username}\n${entry.token}`, entry]),
  ).values(),
]

/** One life of a cluster is served by one credential per registry, whoever asks and how often: nothing here rotates. */
const differingAnswers = (facts: Facts): ReadonlyArray<string> => {
  const handed = distinctHanded(facts).map((entry) => ({ entry, row: facts.rowOf(entry) }))
  const places = countBy(
    handed,
    ({ row }) => `${String(row?.clusterId)} (incarnation ${String(row?.incarnation)}) at ${String(row?.registryId)}`,
  )
  return [
    ...handed
      .filter(({ row }) => row === undefined)
      .map(({ entry }) => `${entry.username} was handed out and has no row`),
    ...[...places]
      .filter(([, count]) => count > 1)
      .map(([place, count]) => `callers of ${place} were given ${count} different credentials`),
  ]
}

export const oneCredential: Invariant = {
  name: 'I3 at most one active and one unpublished row per cluster and registry, and one credential for all callers',
  broken: (facts) => [
    ...facts.doubleRows,
    ...crowded(
      facts.credentials.filter(({ state }) => state === 'active'),
      'active',
    ),
    ...crowded(
      facts.credentials.filter(({ state }) => state === 'intended' || state === 'ready'),
      'unpublished',
    ),
    ...differingAnswers(facts),
  ],
}
