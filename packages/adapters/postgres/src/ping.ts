import type { Database } from './open-database.ts'
import { inReservedTransaction } from './transaction.ts'

/**
 * For this transaction: no waiting behind whoever holds a table, and a sort memory so small, in the place of the
 * database itself, that the list below is written to disk.
 */
const bounds = `
  select set_config('lock_timeout', '500ms', true), set_config('work_mem', '64kB', true),
    set_config('temp_tablespaces', '', true)`

/**
 * Writes nothing where `false` stands, yet needs the tables and the rights that every change needs. The row of the
 * deployment is written as it is, unless somebody holds it, which shows as well that rows can be written. The list of
 * numbers, half a megabyte, needs room on the disk.
 */
const write = `
  with
    new_clusters as (insert into clusters select * from clusters where false),
    old_clusters as (update clusters set id = id where false),
    new_credentials as (insert into registry_credentials select * from registry_credentials where false),
    old_credentials as (update registry_credentials set id = id where false),
    audit as (insert into credential_audit_log select * from credential_audit_log where false),
    new_chains as (insert into audit_chains select * from audit_chains where false),
    old_chains as (update audit_chains set chain = chain where false),
    new_objects as (insert into shared_objects select * from shared_objects where false),
    old_objects as (update shared_objects set fence = fence where false),
    deployment as (
      update deployment set id = id where single in (select single from deployment for update skip locked))
  select count(*) from generate_series(1, 20000)`

/**
 * Rejects unless the database takes writes now. A few milliseconds, and one small commit, on a connection that is kept
 * for reads: a process that is busy writing is ready.
 */
export const ping = (database: Database): Promise<void> =>
  inReservedTransaction(database, async (connection) => {
    await connection.query('ping-bounds', bounds, [])
    await connection.query('ping', write, [])
  })
