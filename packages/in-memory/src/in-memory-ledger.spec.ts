import { ledgerSuites } from '@pull-secret/port-contracts'
import { makeInMemoryClock, makeInMemoryLedger, makeLedgerTables } from './index.ts'

describe('the in-memory ledger', () => {
  ledgerSuites(() => {
    const tables = makeLedgerTables()
    return Promise.resolve({
      ...makeInMemoryLedger({ tables, clock: makeInMemoryClock() }),
      audit: (clusterId: string) => Promise.resolve(tables.audit.get(clusterId) ?? []),
      close: () => Promise.resolve(),
    })
  })
})
