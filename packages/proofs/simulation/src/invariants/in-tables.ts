import { type CredentialState, isUnsettled } from '@pull-secret/domain'
import { newestRegistries } from '../configuration.ts'
import { tellsToken } from '../leaks.ts'
import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'
import { countBy, livingRows } from './rows.ts'
import { waitsForPerson } from './waits-for-person.ts'

/** So many rows of one cluster and registry may have requests on their way at once. */
const unsettledLimit = 3

/** May be asked at any moment: a vendor that burns names is not asked for ever more of them. */
export const fewUnsettled = ({ fleet: { tables, database } }: Side): ReadonlyArray<Violation> =>
  countBy(
    livingRows(tables).filter((row) => isUnsettled(row, database.clock.now() + database.clockDoubtMilliseconds())),
    (row) => `${row.registryId} of ${row.clusterId}`,
  )
    .filter(([, count]) => count > unsettledLimit)
    .map(([of, count]) => ({ invariant: 'contract', message: `${String(count)} rows at ${of} are unsettled at once` }))

const lastDate = 8.64e15

/** May be asked at any moment: a database keeps moments, and nothing else that a number can be. */
export const timesAreDates = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  livingRows(tables).flatMap((row) =>
    [row.settlesAt, row.nextAttemptAt, row.expiresAt, row.refreshAfter]
      .filter((time) => time !== undefined && !(Math.abs(time) <= lastDate))
      .map((time) => ({
        invariant: 'contract' as const,
        message: `${row.registryId} row ${row.id} holds a time that is no date: ${String(time)}`,
      })),
  )

export const atMostOne = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.clusters.values()].flatMap(({ clusterId, credentials }) => {
    const doubled = (states: ReadonlyArray<CredentialState>) => {
      const registries = credentials.filter((row) => states.includes(row.state)).map((row) => row.registryId)
      return new Set(registries).size < registries.length
    }
    return doubled(['active']) || doubled(['intended', 'ready'])
      ? [{ invariant: 'I3' as const, message: `${clusterId} has two rows where one may be` }]
      : []
  })

/**
 * Generations count the rows of a cluster and registry and never start again; what is revoked has no token any more.
 */
export const rowsAreInOrder = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> => [
  ...countBy(
    [...livingRows(tables), ...tables.revoked.values()],
    (row) => `generation ${String(row.generation)} at ${row.registryId} of ${row.clusterId}`,
  )
    .filter(([, count]) => count > 1)
    .map(([of]) => ({ invariant: 'contract' as const, message: `${of} was there twice` })),
  ...[...tables.revoked.values()]
    .filter((row) => row.sealedToken !== undefined)
    .map((row) => ({ invariant: 'contract' as const, message: `${row.id} is revoked and keeps its token` })),
]

/** Whatever the tables hold; the cipher of the simulation gives nothing away. */
export const nothingStored = ({
  fleet: {
    tables: { clusters, revoked, audit, sharedObjects },
  },
}: Side): ReadonlyArray<Violation> =>
  [clusters, revoked, audit, sharedObjects].some((table) => tellsToken(JSON.stringify([...table])))
    ? [{ invariant: 'I5', message: 'a token stands unsealed in a table' }]
    : []

/** The longest back-off, lengthened by a quarter, and a lease that nobody gave back. */
const longestPauseMilliseconds = 420_000

/**
 * May be asked at any moment: whatever may still land, a row that is not wanted is deleted again and again, and not
 * only once that has passed. What ends by itself is waited for, and so is a vendor that asks for time. A clock that
 * went back may bring a time before that once more.
 */
export const deletesGoOn = ({ fleet: { tables, database } }: Side): ReadonlyArray<Violation> => {
  const now = database.clock.now()
  return livingRows(tables)
    .filter(({ state, expiresAt }) => state === 'revoking' && expiresAt === undefined)
    .filter(({ settlesAt = now, absentSince }) => settlesAt > now && absentSince === undefined)
    .filter(({ problem }) => problem !== 'throttled')
    .filter(
      ({ nextAttemptAt = Infinity }) =>
        nextAttemptAt > now + longestPauseMilliseconds + database.clockDoubtMilliseconds(),
    )
    .map(({ registryId, id }) => ({
      invariant: 'contract',
      message: `${registryId} row ${id} is not wanted and not deleted before everything has landed`,
    }))
}

/** May be asked at any moment: nobody is called for a credential that its registry lets in. */
export const alarmsAreTrue = ({ fleet: { tables, registries } }: Side): ReadonlyArray<Violation> =>
  livingRows(tables)
    .filter(({ verdict }) => verdict === 'invalid')
    .filter(({ registryId, username }) =>
      registries.some(
        ({ id, vendors }) => id === registryId && vendors().some((vendor) => vendor.knowsUser(username ?? '')),
      ),
    )
    .map(({ registryId, id }) => ({ invariant: 'contract', message: `${registryId} lets ${id} in, called refused` }))

/** Every row is active or revoked, every cluster complete, dormant or deleted, or flagged for whom they wait for. */
export const everythingFinished = (side: Side): ReadonlyArray<Violation> => {
  const { tables } = side.fleet
  const enabled = newestRegistries(side).filter((registry) => registry.enabled)
  const open = livingRows(tables).filter(
    (row) => (row.state !== 'active' || row.lease !== undefined) && !waitsForPerson(side, row),
  )
  const incomplete = [...tables.clusters.values()].filter(
    ({ cluster, credentials }) =>
      cluster !== undefined &&
      ((cluster.state === 'deleting' && !credentials.every((row) => waitsForPerson(side, row))) ||
        (cluster.state === 'live' &&
          cluster.dormantSince === undefined &&
          ((cluster.publishedAt === undefined && enabled.length > 0) ||
            enabled.some(({ id }) => !credentials.some((row) => row.registryId === id && row.state === 'active'))))),
  )
  return [
    ...open.map(({ registryId, id, clusterId, state, problem = 'no problem' }) => ({
      invariant: 'I7' as const,
      message: `${registryId} row ${id} of ${clusterId} stays ${state} (${problem})`,
    })),
    ...incomplete.map(({ clusterId, cluster }) => ({
      invariant: 'I7' as const,
      message: `${clusterId} stays ${cluster?.state ?? 'absent'} and incomplete`,
    })),
  ]
}
