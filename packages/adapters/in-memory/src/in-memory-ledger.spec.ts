import { ledgerSuites } from '@pull-secret/port-contracts'
import { anInMemoryLedger } from '../test/in-memory-subjects.ts'

describe('the in-memory ledger', () => {
  ledgerSuites(() => Promise.resolve(anInMemoryLedger()))
})
