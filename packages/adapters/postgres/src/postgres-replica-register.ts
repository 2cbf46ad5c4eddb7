import type { Replica, ReplicaFacts, ReplicaRegister } from '@pull-secret/domain'
import { epochMilliseconds } from './columns/moment.ts'
import type { Connection } from './connection.ts'
import { reading } from './ledger-failure.ts'
import { ledgerProtocol } from './ledger-protocol.ts'
import type { Database } from './open-database.ts'
import { readingStatements, writingStatements } from './single-statements.ts'
import { inTransaction } from './transaction.ts'

const beatAgain = `
  update replicas
  set component = $2, host = $3, version = $4, protocol = $5, key_ids = $6, seen_at = clock_timestamp(), left_at = null
  where id = $1 returning id`

const isGone = `coalesce(left_at, seen_at) <= clock_timestamp() - interval '1 hour'`

/** The service may not delete rows, and needs not. */
const takeOver = `
  update replicas
  set id = $1, component = $2, host = $3, version = $4, protocol = $5, key_ids = $6,
    started_at = clock_timestamp(), seen_at = clock_timestamp(), left_at = null
  where id = (select id from replicas where ${isGone} order by seen_at limit 1 for update skip locked) returning id`

const begin = `
  insert into replicas (id, component, host, version, protocol, key_ids, started_at, seen_at)
  select $1, $2, $3, $4, $5, $6, moment, moment from clock_timestamp() as moment`

const leave = 'update replicas set left_at = clock_timestamp() where id = $1'

const seen = `
  select ${epochMilliseconds('clock_timestamp()')}::text as "readAt", (
    select coalesce(json_agg(json_build_object(
      'id', id, 'component', component, 'host', host, 'version', version, 'protocol', protocol, 'keyIds', key_ids,
      'startedAt', ${epochMilliseconds('started_at')}, 'seenAt', ${epochMilliseconds('seen_at')})
      order by started_at, id), '[]')
    from replicas where left_at is null and not ${isGone}) as replicas`

interface SeenRow {
  readonly readAt: string
  readonly replicas: ReadonlyArray<Replica>
}

const valuesOf = ({ id, component, host, version, keyIds }: ReplicaFacts): ReadonlyArray<unknown> => [
  id,
  component,
  host,
  version,
  ledgerProtocol,
  keyIds,
]

/** Whether the replica has a row. */
const beatsAgain = async ({ query }: Connection, facts: ReplicaFacts): Promise<boolean> =>
  (await query('beat-again', beatAgain, valuesOf(facts))).length > 0

/** Under a lock of the replica's own: an earlier beat may have begun it meanwhile. */
const beginOnce = async (own: Connection, facts: ReplicaFacts): Promise<void> => {
  if (await beatsAgain(own, facts)) return
  const taken = await own.query('take-over-replica', takeOver, valuesOf(facts))
  if (taken.length === 0) await own.query('begin-replica', begin, valuesOf(facts))
}

/** Who writes the ledger, in PostgreSQL. The table grows no longer than the most that ever ran within an hour. */
export const makePostgresReplicaRegister = (database: Database): ReplicaRegister => {
  const [reads, writes] = [readingStatements(database), writingStatements(database)]
  return {
    beat: (facts) =>
      reading(database, async () => {
        if (await beatsAgain(writes, facts)) return
        await inTransaction(database, (own) => beginOnce(own, facts), `replica/${facts.id}`)
      }),
    leave: (id) =>
      reading(database, async () => {
        await writes.query('leave', leave, [id])
      }),
    seen: reading(database, async () => {
      const [row] = await reads.query<SeenRow>('seen-replicas', seen, [])
      if (row === undefined) throw new Error('a select without a from clause gave no row')
      return { readAt: Number(row.readAt), replicas: row.replicas }
    }),
  }
}
