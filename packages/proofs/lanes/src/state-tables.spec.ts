import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderStateTables } from './state-tables.ts'

describe('the page of state tables', () => {
  it('shows the tables that the ledger obeys', () => {
    expect(readFileSync(new URL('../../../../docs/state-tables.md', import.meta.url), 'utf8')).to.equal(
      renderStateTables(),
    )
  })
})
