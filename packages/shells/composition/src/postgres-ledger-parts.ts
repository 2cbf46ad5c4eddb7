import {
  type Database,
  makePostgresDueWork,
  makePostgresFleetReads,
  makePostgresLedger,
  makePostgresReads,
  makePostgresRegister,
  makePostgresReplicaRegister,
  makePostgresSharedObjects,
} from '@pull-secret/postgres'
import type { LedgerParts } from './tokens.ts'

export const postgresLedgerParts = (database: Database): LedgerParts => ({
  ledger: makePostgresLedger(database),
  reads: makePostgresReads(database),
  fleet: makePostgresFleetReads(database),
  dueWork: makePostgresDueWork(database),
  sharedObjects: makePostgresSharedObjects(database),
  register: makePostgresRegister(database),
  replicas: makePostgresReplicaRegister(database),
})
