import { expect } from 'chai'
import { firstCopies } from './one-copy-each.ts'

describe('copies of a package', () => {
  it('in the same version are one, and those in others stay', () => {
    const packages = {
      '': { version: '1.0.0' },
      'node_modules/mime': { version: '2.0.0' },
      'node_modules/send/node_modules/mime': { version: '3.0.0' },
      'node_modules/accepts/node_modules/mime': { version: '3.0.0' },
      'node_modules/send/node_modules/@scope/mime': { version: '3.0.0' },
    }
    expect([...firstCopies({ packages })]).to.deep.equal([
      ['node_modules/send/node_modules/mime', 'node_modules/accepts/node_modules/mime'],
    ])
  })
})
