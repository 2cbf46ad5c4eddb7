import { expect } from 'chai'
import { anyLayoutOf, withoutLayout } from './laid-out-code.ts'

describe('finding code in any layout', () => {
  const timesIn = (source: string, code: string): number => source.match(anyLayoutOf(code))?.length ?? 0

  it('finds a call that a formatter broke into lines', () => {
    expect(
      timesIn('  record(\n    claim,\n    (row) => decide(row),\n  )', 'record(claim, (row) => decide(row))'),
    ).to.equal(1)
  })

  it('finds a condition whose operator moved to the next line', () => {
    expect(timesIn('a === b &&\n  c', 'a === b\n    && c')).to.equal(1)
  })

  it('keeps words apart', () => {
    expect(timesIn('returnvalue', 'return value')).to.equal(0)
    expect(timesIn('return  value', 'return value')).to.equal(1)
  })

  it('counts every place', () => {
    expect(timesIn('f( a )\nf(a)', 'f(a)')).to.equal(2)
  })

  it('tells code apart by what it says, not by how it is laid out', () => {
    expect(withoutLayout('f(\n  a,\n  b,\n)')).to.equal(withoutLayout('f(a, b)'))
    expect(withoutLayout('f(a, b)')).not.to.equal(withoutLayout('f(b, a)'))
  })
})
