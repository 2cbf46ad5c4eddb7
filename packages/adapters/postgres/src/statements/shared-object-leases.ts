import type { LeaseUse, SharedObjectLease } from '@pull-secret/domain'
import type { Connection } from '../connection.ts'

const take = `
  insert into shared_objects as o (registry_id, attempt_id, fence, expires_at)
  values ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
  on conflict (registry_id) do update
    set attempt_id = excluded.attempt_id, fence = o.fence + 1, expires_at = excluded.expires_at
    where o.expires_at <= clock_timestamp()
  returning fence`

const release = `
  update shared_objects set expires_at = '-infinity', fence = fence - $4
  where registry_id = $1 and fence = $2 and attempt_id = $3`

const passFence = `
  insert into shared_objects as o (registry_id, attempt_id, fence, expires_at)
  values ($1, '00000000-0000-0000-0000-000000000000', $2, '-infinity')
  on conflict (registry_id) do update set fence = greatest(o.fence, excluded.fence)
    where o.expires_at <= clock_timestamp()
  returning fence`

/** Says whether nobody held it. */
export const passFenceOfSharedObject = async (
  connection: Connection,
  registryId: string,
  fence: number,
): Promise<boolean> => (await connection.query('pass-fence', passFence, [registryId, fence])).length > 0

/** The new lease, or nothing while another holder's runs. */
export const takeSharedObject = async (
  connection: Connection,
  registryId: string,
  attemptId: string,
  heldSeconds: number,
): Promise<SharedObjectLease | undefined> => {
  const [row] = await connection.query<{ fence: number }>('take-shared-object', take, [
    registryId,
    attemptId,
    heldSeconds,
  ])
  return row === undefined ? undefined : { registryId, attemptId, fence: row.fence }
}

export const releaseSharedObject = async (
  connection: Connection,
  { registryId, attemptId, fence }: SharedObjectLease,
  use?: LeaseUse,
): Promise<void> => {
  const unused = use === 'nothing-written' ? 1 : 0
  await connection.query('release-shared-object', release, [registryId, fence, attemptId, unused])
}
