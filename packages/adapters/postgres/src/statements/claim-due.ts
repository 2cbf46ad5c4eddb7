import type { ClaimedWork, ClaimRequest } from '@pull-secret/domain'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import type { Connection } from '../connection.ts'

/**
 * Takes leases on due rows, oldest first, passing over rows that another claim holds. idx_registry_credentials_due
 * finds them, since the clock is read once before it. The rows' purposes are those of `purposeOf`, the leases those
 * of `takeLease` and `takeCreatingLease`.
 */
const claim = `
  with moment as materialized (select date_trunc('milliseconds', clock_timestamp()) as now),
  terms as (select * from json_to_recordset($1) as t(
    registry_id text, scope text, lease_seconds integer, landing_window_seconds integer,
    may_create boolean, may_repeat_unknown boolean)),
  attempts as (select attempt_id, n from unnest($2::uuid[]) with ordinality as a(attempt_id, n)),
  due as (
    select r.id, r.next_attempt_at, t.lease_seconds, t.landing_window_seconds,
      case
        when r.state = 'revoking' then 'revoke'
        when r.state = 'active' or (t.may_create and (t.may_repeat_unknown or r.outcome <> 'unknown')) then 'create'
        else 'abandon'
      end as purpose
    from registry_credentials r join terms t on t.registry_id = r.registry_id and t.scope = r.scope
    where r.next_attempt_at <= (select now from moment)
      and (r.lease_expires_at is null or r.lease_expires_at <= (select now from moment))
      and (r.state in ('intended', 'revoking') or (r.state = 'active' and r.refresh_after <= (select now from moment)))
    order by r.next_attempt_at
    limit $3
    for update of r skip locked),
  numbered as (select due.*, row_number() over (order by next_attempt_at) as n from due),
  taken as (
    update registry_credentials r set
      fence = r.fence + 1, lease_attempt = a.attempt_id, lease_taken_at = m.now,
      lease_expires_at = m.now + make_interval(secs => d.lease_seconds),
      next_attempt_at = m.now + make_interval(secs => d.lease_seconds),
      attempts = r.attempts + case when d.purpose = 'create' then 1 else 0 end,
      outcome = case when d.purpose = 'create' then 'unknown' else r.outcome end,
      settles_at = case
        when d.purpose = 'create'
        then greatest(r.settles_at, m.now + make_interval(secs => d.lease_seconds + d.landing_window_seconds))
        else r.settles_at
      end,
      updated_at = clock_timestamp()
    from numbered d join attempts a on a.n = d.n cross join moment m
    where r.id = d.id
    returning d.n, d.purpose, ${jsonRow(credentialColumns, 'r')} as credential)
  select purpose, credential from taken order by n`

export const claimDue = (
  connection: Connection,
  { terms, attemptIds }: ClaimRequest,
): Promise<ReadonlyArray<ClaimedWork>> =>
  connection.query<ClaimedWork>('claim-due', claim, [
    JSON.stringify(
      terms.map((entry) => ({
        registry_id: entry.registryId,
        scope: entry.scope,
        lease_seconds: entry.leaseSeconds,
        landing_window_seconds: entry.landingWindowSeconds,
        may_create: entry.mayCreate,
        may_repeat_unknown: entry.mayRepeatUnknown,
      })),
    ),
    attemptIds,
    attemptIds.length,
  ])
