import type { Instant, StoredBudget } from '@pull-secret/domain'
import { epochMilliseconds, moment } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'

/** The time is read once the row is locked, which comes first because nobody else computes it. */
const lock = `
  with locked as materialized (select * from call_budgets where registry_id = $1 for update)
  select
    per_minute as "perMinute", burst, share, tokens, ${epochMilliseconds('counted_at')}::text as "countedAt", demands,
    ${epochMilliseconds('clock_timestamp()')}::text as now
  from locked`

const clock = `select ${epochMilliseconds('clock_timestamp()')}::text as now`

const insert = `
  insert into call_budgets (registry_id, per_minute, burst, share, tokens, counted_at, demands)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict do nothing
  returning registry_id`

const update = `
  update call_budgets
  set per_minute = $2, burst = $3, share = $4, tokens = $5, counted_at = $6, demands = $7
  where registry_id = $1`

interface BudgetRow {
  readonly perMinute: number
  readonly burst: number
  readonly share: number
  readonly tokens: number
  readonly countedAt: string
  readonly demands: StoredBudget['demands']
  readonly now: string
}

export interface LockedBudget {
  /** Absent: there is no row yet, and nothing is locked. */
  readonly budget: StoredBudget | undefined
  /** The database's clock. */
  readonly now: Instant
}

export const lockBudget = async (connection: Connection, registryId: string): Promise<LockedBudget> => {
  const [row] = await connection.query<BudgetRow>('lock-call-budget', lock, [registryId])
  if (row === undefined) {
    const [time] = await connection.query<Pick<BudgetRow, 'now'>>('budget-clock', clock, [])
    return { budget: undefined, now: Number(time?.now) }
  }
  const { perMinute, burst, share, tokens, countedAt, demands, now } = row
  return {
    budget: { terms: { perMinute, burst, share }, bucket: { tokens, countedAt: Number(countedAt) }, demands },
    now: Number(now),
  }
}

const valuesOf = (registryId: string, { terms, bucket, demands }: StoredBudget): ReadonlyArray<unknown> => [
  registryId,
  terms.perMinute,
  terms.burst,
  terms.share,
  bucket.tokens,
  moment(bucket.countedAt),
  JSON.stringify(demands),
]

/** False: another process made the row in between. */
export const insertBudget = async (
  connection: Connection,
  registryId: string,
  budget: StoredBudget,
): Promise<boolean> => (await connection.query('insert-call-budget', insert, valuesOf(registryId, budget))).length > 0

export const updateBudget = async (connection: Connection, registryId: string, budget: StoredBudget): Promise<void> => {
  await connection.query('update-call-budget', update, valuesOf(registryId, budget))
}
