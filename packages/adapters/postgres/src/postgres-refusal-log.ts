import { type RefusalLog, refusalsChain } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { epochMilliseconds } from './columns/moment.ts'
import type { Connection } from './connection.ts'
import { writing } from './ledger-failure.ts'
import type { Database } from './open-database.ts'
import { appendAudit } from './statements/append-audit.ts'
import { inTransaction } from './transaction.ts'

const headOfChain = `
  select
    ${epochMilliseconds('clock_timestamp()')}::text as now,
    (select count::text from audit_chains where chain = $1) as count,
    (select head from audit_chains where chain = $1) as head`

interface HeadRow {
  readonly now: string
  readonly count: string | null
  readonly head: string | null
}

/** Refused requests in PostgreSQL. One writer at a time appends, under a lock that no change of a cluster takes. */
export const makePostgresRefusalLog = (database: Database): RefusalLog => ({
  append: (events) =>
    writing(database, () =>
      inTransaction(
        database,
        async (connection: Connection): Promise<E.Either<never, void>> => {
          const [row] = await connection.query<HeadRow>('refusals-head', headOfChain, [refusalsChain])
          if (row === undefined) throw new Error('a select without a from clause gave no row')
          const at = Number(row.now)
          const records = events.map((event) => ({ ...event, at }))
          await appendAudit(connection, refusalsChain, records, Number(row.count ?? 0), row.head ?? undefined)
          return E.right(undefined)
        },
        refusalsChain,
      ),
    ),
})
