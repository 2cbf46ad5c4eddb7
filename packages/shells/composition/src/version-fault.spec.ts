import { expect } from 'chai'
import { versionFault } from './version-fault.ts'

describe('the version of the database', () => {
  it('is refused when it is older than what the statements are written for', () => {
    expect(versionFault(14)).to.deep.equal([
      { field: 'database', message: 'the database is PostgreSQL 14; PostgreSQL 15 or newer is required' },
    ])
    expect(versionFault(15)).to.deep.equal([])
    expect(versionFault(18)).to.deep.equal([])
  })
})
