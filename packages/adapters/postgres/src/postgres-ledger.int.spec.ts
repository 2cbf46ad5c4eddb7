import { ledgerSuites } from '@pull-secret/port-contracts'
import { postgresLedgers } from '../test/a-postgres-ledger.ts'

describe('the PostgreSQL ledger', () => {
  ledgerSuites(postgresLedgers())
})
