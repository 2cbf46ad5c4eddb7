import { expect } from 'chai'
import { durabilityFault } from './durability-fault.ts'

const synchronousCommit = 'off'

describe('a database that a crash damages', () => {
  it('is refused outside a sandbox, and the settings are named', () => {
    const faultsOf = (...off: ReadonlyArray<string>) =>
      durabilityFault({ off, synchronousCommit }, { isSandbox: false }).map(({ field, message }) => [field, message])
    expect(faultsOf('fsync')).to.deep.equal([
      [
        'database',
        'the database runs with fsync = off, ' +
          'so that a crash of its machine damages what was committed: only a sandbox accepts that',
      ],
    ])
    expect(faultsOf('fsync', 'full_page_writes')[0]?.[1]).to.include('fsync = off and full_page_writes = off')
    expect(faultsOf()).to.deep.equal([])
  })

  it('is accepted in a sandbox', () => {
    expect(durabilityFault({ off: ['fsync'], synchronousCommit }, { isSandbox: true })).to.deep.equal([])
  })
})
