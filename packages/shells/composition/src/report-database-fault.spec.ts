import type { LedgerFault } from '@pull-secret/domain'
import { expect } from 'chai'
import { makeReportDatabaseFault } from './report-database-fault.ts'

describe('faults of the database', () => {
  it('are all counted by class, and logged under one cause for each code', () => {
    const [counted, logged]: [Array<unknown>, Array<unknown>] = [[], []]
    const report = makeReportDatabaseFault({
      log: (...line) => void logged.push(line),
      meter: {
        count: (name, labels) => () => void counted.push([name, labels]),
        observe: () => () => undefined,
        set: () => () => undefined,
      },
    })
    const faults: ReadonlyArray<LedgerFault> = ['28P01', 'ECONNREFUSED', 'UNKNOWN'].map((code) => ({
      code,
      message: `it fails with ${code}`,
      isLasting: false,
    }))
    faults.forEach(report)
    expect(counted).to.deep.equal(['28', 'connection', 'other'].map((label) => ['db_errors_total', { class: label }]))
    expect(logged[0]).to.deep.equal(['database 28P01', 'error', 'it fails with 28P01', { error_code: '28P01' }])
  })
})
