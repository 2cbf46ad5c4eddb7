import { ledgerSuites } from '@pull-secret/port-contracts'
import { anInMemoryLedger } from '../test/an-in-memory-ledger.ts'

describe('the in-memory ledger', () => {
  ledgerSuites(() => Promise.resolve(anInMemoryLedger()))
})
