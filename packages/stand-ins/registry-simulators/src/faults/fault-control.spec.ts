import { expect } from 'chai'
import { makeFaultControl } from './fault-control.ts'
import { makeHolds } from './holds.ts'

const makeControl = (seed = 1) => makeFaultControl({ operations: ['create', 'read'], seed, holds: makeHolds() })

describe('fault control', () => {
  it('strikes the next call of its operation, once', () => {
    const control = makeControl()
    control.add({ operation: 'create', fault: { kind: 'resetBefore' } })
    expect(control.draw('read', '/')).to.equal(undefined)
    expect(control.draw('create', '/')).to.deep.equal({ kind: 'resetBefore' })
    expect(control.draw('create', '/')).to.equal(undefined)
  })

  it('strikes as often as told, whatever the operation', () => {
    const control = makeControl()
    control.add({ operation: '*', fault: { kind: 'hang' }, times: 2 })
    expect(['create', 'read', 'read'].map((operation) => control.draw(operation, '/')?.kind)).to.deep.equal([
      'hang',
      'hang',
      undefined,
    ])
  })

  it('takes rules in their order', () => {
    const control = makeControl()
    control.add({ operation: 'create', fault: { kind: 'hang' } })
    control.add({ operation: 'create', fault: { kind: 'emptyBody' } })
    expect([control.draw('create', '/')?.kind, control.draw('create', '/')?.kind]).to.deep.equal(['hang', 'emptyBody'])
  })

  it('strikes only the path it was told', () => {
    const control = makeControl()
    control.add({ operation: 'create', fault: { kind: 'hang' }, pathIncludes: '/one' })
    expect(control.draw('create', '/two')).to.equal(undefined)
    expect(control.draw('create', '/one')?.kind).to.equal('hang')
  })

  it('draws the same from the same seed and something else from another', () => {
    const drawn = (seed: number) => {
      const control = makeControl(seed)
      control.add({ operation: 'create', fault: { kind: 'hang' }, probability: 0.5 })
      return Array.from({ length: 64 }, () => (control.draw('create', '/') === undefined ? '-' : 'x')).join('')
    }
    expect(drawn(7)).to.equal(drawn(7))
    expect(drawn(7)).not.to.equal(drawn(8))
    expect(drawn(7)).to.include('x').and.include('-')
  })

  it('strikes always at probability 1 and never at 0', () => {
    const control = makeControl()
    control.add({ operation: 'read', fault: { kind: 'hang' }, probability: 0 })
    control.add({ operation: 'read', fault: { kind: 'emptyBody' }, probability: 1 })
    expect([1, 2, 3].map(() => control.draw('read', '/')?.kind)).to.deep.equal(['emptyBody', 'emptyBody', 'emptyBody'])
  })

  it('forgets every rule when cleared', () => {
    const control = makeControl()
    control.add({ operation: '*', fault: { kind: 'hang' }, probability: 1 })
    control.clear()
    expect(control.draw('create', '/')).to.equal(undefined)
  })

  it('refuses an operation it does not know', () => {
    expect(() => makeControl().add({ operation: 'craete', fault: { kind: 'hang' } })).to.throw(RangeError, 'craete')
  })
})
