import { type Backlog, type DueKind, type ReadBacklogs, refusingProblems } from '@pull-secret/domain'
import { epochMilliseconds } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'
import { dueKinds, isDueNow } from './due-kinds.ts'
import { isTroubled } from './troubled-rows.ts'

/** What `workOf` says. */
const work = `case when r.state = 'intended' then 'create' when r.state in ('revoking', 'revoked') then 'revoke'
      else coalesce(r.next_work, 'mint') end as work`

/** However much waits, no more is counted. */
const most = 10_000

const dueRows = (kind: DueKind): string => `
  select registry.id as registry_id, r.work, r.next_attempt_at, false as is_stuck
  from unnest($2::text[]) as registry (id) cross join lateral (
    select ${work}, r.next_attempt_at from registry_credentials r
    where r.registry_id = registry.id and ${dueKinds[kind]} and ${isDueNow}
    order by r.next_attempt_at limit ${String(most)}) r`

const count = `
  with moment as materialized (select date_trunc('milliseconds', clock_timestamp()) as now),
  stuck as (
    select r.registry_id, ${work}, null::timestamptz as next_attempt_at, true as is_stuck from registry_credentials r
    where ${isTroubled} and r.registry_id = any($2::text[]) limit ${String(most)}),
  waiting as (${dueRows('obligations')} union all ${dueRows('looks')} union all select * from stuck),
  counted as (
    select registry_id, work, count(*) filter (where not is_stuck) as due, min(next_attempt_at) as due_since,
      count(*) filter (where is_stuck) as stuck
    from waiting group by registry_id, work)
  select ${epochMilliseconds('(select now from moment)')}::text as "readAt", (
    select coalesce(json_agg(json_strip_nulls(json_build_object('registryId', registry_id, 'work', work, 'due', due,
      'dueSince', ${epochMilliseconds('due_since')}, 'stuck', stuck))), '[]') from counted) as backlogs`

interface CountedRow {
  readonly readAt: string
  readonly backlogs: ReadonlyArray<Backlog>
}

/** What waits at these registries, by its work. */
export const countBacklog = async (
  connection: Connection,
  registryIds: ReadonlyArray<string>,
): Promise<ReadBacklogs> => {
  const [row] = await connection.query<CountedRow>('count-backlog', count, [refusingProblems, registryIds])
  if (row === undefined) throw new Error('a select without a from clause gave no row')
  return { readAt: Number(row.readAt), backlogs: row.backlogs }
}
