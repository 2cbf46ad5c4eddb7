import type { DueKind } from '@pull-secret/domain'

/**
 * The condition of each kind of due work on a row `r`, where `moment` holds the time. Each begins with the condition of
 * the partial index that finds its rows.
 */
export const dueKinds: Readonly<Record<DueKind, string>> = {
  obligations: `(r.next_work is distinct from 'validate' or r.refresh_after is not null)
    and (r.next_work is distinct from 'validate' or r.refresh_after <= (select now from moment))`,
  looks: `r.next_work = 'validate'
    and (r.refresh_after is null or r.refresh_after > (select now from moment))`,
}

/** That a row `r` is due and nobody holds it. */
export const isDueNow = `r.next_attempt_at <= (select now from moment)
    and (r.lease_expires_at is null or r.lease_expires_at <= (select now from moment))`
