import type { DueWork, LedgerReads, SharedObjects } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { makeBatchedRead } from './batches.ts'
import { reading, writing } from './ledger-failure.ts'
import type { Database } from './open-database.ts'
import { ping } from './ping.ts'
import { readingStatements, writingStatements } from './single-statements.ts'
import { claimDue } from './statements/claim-due.ts'
import { passFenceOfSharedObject, releaseSharedObject, takeSharedObject } from './statements/shared-object-leases.ts'
import { sharedObjectRows } from './statements/shared-object-rows.ts'
import { clusterViewOf, selectBanRows, selectViewRows } from './statements/view-clusters.ts'
import { inTransaction } from './transaction.ts'

/** Each half goes down an index of its own and stops at the limit. */
const dueClusters = `
  with known as materialized (
    select coalesce(enabled_registries <@ $2::text[], true) as knows_all, epoch from deployment
    union all select true, 0 where not exists (select from deployment)),
  by_time as (
    select id, next_attempt_at from clusters
    where next_attempt_at <= (select clock_timestamp() offset 0) and state = 'live'
    order by next_attempt_at limit $1),
  by_epoch as (
    select id from clusters
    where epoch < (select epoch from known) and state = 'live' and id not in (select id from by_time)
    order by epoch, id limit $1)
  select id from (
    select id, 1 as part, next_attempt_at from by_time
    union all select id, 2, null from by_epoch) due
  where (select knows_all from known)
  order by part, next_attempt_at, id limit $1`

/** Enough for whoever asks at once at full load, and few enough that one statement stays short. */
const largestBatch = 32

export const makePostgresReads = (database: Database): LedgerReads => {
  const connection = readingStatements(database)
  const viewRowsOf = makeBatchedRead(largestBatch, (clusterIds) => selectViewRows(connection, clusterIds))
  /** Apart, so that nobody who reads a cluster waits for whoever reads an id without one. */
  const banRowsOf = makeBatchedRead(largestBatch, (clusterIds) => selectBanRows(connection, clusterIds))
  return {
    cluster: (clusterId) =>
      reading(database, async () =>
        clusterViewOf(clusterId, (await viewRowsOf(clusterId)) ?? (await banRowsOf(clusterId))),
      ),
    sharedObjectRows: (registryId) => reading(database, () => sharedObjectRows(connection, registryId)),
    ping: reading(database, () => ping(database)),
  }
}

export const makePostgresDueWork = (database: Database): DueWork => {
  const connection = readingStatements(database)
  return {
    claim: (request) =>
      writing(database, async () => E.right(await inTransaction(database, (own) => claimDue(own, request)))),
    clusters: (limit, enabledRegistryIds) =>
      reading(database, async () =>
        (await connection.query<{ id: string }>('due-clusters', dueClusters, [limit, enabledRegistryIds])).map(
          (row) => row.id,
        ),
      ),
  }
}

export const makePostgresSharedObjects = (database: Database): SharedObjects => {
  const connection = writingStatements(database)
  return {
    take: (registryId, attemptId, heldSeconds) => async () => {
      const taken = await reading(database, () => takeSharedObject(connection, registryId, attemptId, heldSeconds))()
      if (E.isLeft(taken)) return taken
      return taken.right === undefined ? E.left({ code: 'SHARED_OBJECT_BUSY' }) : E.right(taken.right)
    },
    release: (lease, use) => reading(database, () => releaseSharedObject(connection, lease, use)),
    passFence: (registryId, fence) => async () => {
      const passed = await reading(database, () => passFenceOfSharedObject(connection, registryId, fence))()
      if (E.isLeft(passed)) return passed
      return passed.right ? E.right(undefined) : E.left({ code: 'SHARED_OBJECT_BUSY' })
    },
  }
}
