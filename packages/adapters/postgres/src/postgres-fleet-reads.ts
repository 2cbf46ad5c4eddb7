import type { FleetReads } from '@pull-secret/domain'
import { reading } from './ledger-failure.ts'
import type { Database } from './open-database.ts'
import { readingStatements } from './single-statements.ts'
import { countBacklog } from './statements/count-backlog.ts'
import { listAudit } from './statements/list-audit.ts'
import { listClusters } from './statements/list-clusters.ts'
import { listTroubled } from './statements/list-troubled.ts'

/** Lists in PostgreSQL. Clusters come in the order of the database's collation. */
export const makePostgresFleetReads = (database: Database): FleetReads => {
  const connection = readingStatements(database)
  return {
    clusters: (filter, after, limit) => reading(database, () => listClusters(connection, filter, after, limit)),
    troubled: (after, limit) => reading(database, () => listTroubled(connection, after, limit)),
    backlog: (registryIds) => reading(database, () => countBacklog(connection, registryIds)),
    audit: (filter, after, limit) => reading(database, () => listAudit(connection, filter, after, limit)),
  }
}
