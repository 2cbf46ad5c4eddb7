import type { AuditRecord, Credential } from '@pull-secret/domain'
import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'
import { countBy, livingRows } from './rows.ts'

/** What one row, or one cluster at one registry, may cost in an hour, whatever goes wrong. */
const mostAnHour = {
  /** Changes of state, and tries, of which those of one problem are told ever more rarely. */
  records: 24,
  /** A try every five minutes and the quick ones before; each is at most one round of vendor calls. */
  takes: 40,
  /** For each life of the cluster: three rows may be unsettled at once, each for a lease and a quarter of an hour. */
  names: 12,
} as const

const hourMilliseconds = 3_600_000

const hourOf = (time: number): string => String(Math.floor(time / hourMilliseconds))

const tooMany = (
  what: keyof typeof mostAnHour,
  counts: ReadonlyArray<readonly [of: string, count: number]>,
  most: (of: string) => number = () => mostAnHour[what],
): ReadonlyArray<Violation> =>
  counts
    .filter(([of, count]) => count > most(of))
    .map(([of, count]) => ({ invariant: 'contract', message: `${String(count)} ${what} in an hour: ${of}` }))

const recordsOf = ({ fleet: { tables } }: Side): ReadonlyArray<AuditRecord> =>
  [...tables.audit.values()].flat().map(({ record }) => record)

/** Each life of a cluster brings names of its own. */
const startsALife = ({ metadata }: AuditRecord): boolean => metadata['rule'] === 'K1' || metadata['rule'] === 'K4'

const takesAnHour = ({ fence, createdAt, revokedAt }: Credential, now: number): number =>
  fence / Math.max(1, ((revokedAt ?? now) - createdAt) / hourMilliseconds)

/** Whatever goes wrong costs a bounded number of records, of takes of a row, and of names that are used up. */
export const effortIsBounded = (side: Side): ReadonlyArray<Violation> => {
  const { tables, database } = side.fleet
  const records = recordsOf(side)
  const lives = new Map(countBy(records.filter(startsALife), ({ clusterId = '' }) => clusterId))
  const added = records.filter(({ metadata }) => metadata['rule'] === 'C1')
  return [
    ...tooMany(
      'records',
      countBy(
        records.filter(({ credentialId }) => credentialId !== undefined),
        ({ credentialId = '', at }) => `${credentialId} in hour ${hourOf(at)}`,
      ),
    ),
    ...tooMany(
      'names',
      countBy(added, ({ clusterId = '', registryId = '', at }) => `${clusterId} ${registryId} ${hourOf(at)}`),
      (of) => mostAnHour.names * (lives.get(of.split(' ')[0] ?? '') ?? 1),
    ),
    ...tooMany(
      'takes',
      [...livingRows(tables), ...tables.revoked.values()].map(
        (row) => [`row ${row.id}`, Math.round(takesAnHour(row, database.clock.now()))] as const,
      ),
    ),
  ]
}
