import type { Credential } from '@pull-secret/domain'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import type { Connection } from '../connection.ts'

const select = `
  select ${jsonRow(credentialColumns, 'r')} as credential from registry_credentials r
  where r.registry_id = $1 and r.state in ('intended', 'ready', 'active', 'retiring') and r.attempts > 0
  order by r.vendor_name collate "C"`

export const sharedObjectRows = async (
  connection: Connection,
  registryId: string,
): Promise<ReadonlyArray<Credential>> =>
  (await connection.query<{ credential: Credential }>('shared-object-rows', select, [registryId])).map(
    (row) => row.credential,
  )
