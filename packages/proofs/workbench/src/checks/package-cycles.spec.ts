import { expect } from 'chai'
import { findPackageCycle } from './package-cycles.ts'

describe('the search for package cycles', () => {
  it('finds nothing where packages build on each other', () => {
    expect(findPackageCycle({ shell: ['core', 'wire'], wire: ['core'], core: [] })).to.equal(undefined)
  })

  it('names the packages of a circle in order', () => {
    expect(findPackageCycle({ shell: ['wire'], wire: ['core'], core: ['suite'], suite: ['wire'] })).to.deep.equal([
      'wire',
      'core',
      'suite',
      'wire',
    ])
  })
})
