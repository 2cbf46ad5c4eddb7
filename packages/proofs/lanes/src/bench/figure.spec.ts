import { expect } from 'chai'
import { describeResult, type Figure, meetsTarget } from './figure.ts'

const aFigure = (more: Partial<Figure> = {}): Figure => ({
  name: 'warm GET',
  unit: '×',
  rounds: [0.7, 0.9, 0.8],
  target: { atLeast: 0.7 },
  note: '1 of 2',
  ...more,
})

describe('a figure of the bench', () => {
  it('shows its median, its spread and its verdict', () => {
    expect(describeResult(aFigure())).to.equal(
      'warm GET: 0.80 × (0.70 to 0.90 in 3 rounds), target ≥ 0.7 ×: met\n    1 of 2',
    )
  })

  it('says that it is below its target, on whichever side that lies', () => {
    expect(describeResult(aFigure({ rounds: [0.6] }))).to.include('0.60 × (one reading), target ≥ 0.7 ×: below target')
    expect(describeResult(aFigure({ unit: 'ms', rounds: [321], target: { atMost: 320 } }))).to.include(
      '321 ms (one reading), target ≤ 320 ms: below target',
    )
  })

  it('goes by the median, not by the best round', () => {
    expect(meetsTarget(aFigure({ rounds: [0.6, 0.6, 0.9] }))).to.equal(false)
    expect(meetsTarget(aFigure({ rounds: [1, 1, 9], target: { atMost: 1.5 } }))).to.equal(true)
  })

  it('meets no target without a value', () => {
    expect(meetsTarget(aFigure({ rounds: [] }))).to.equal(false)
    expect(meetsTarget(aFigure({ rounds: [], target: { atMost: 1 } }))).to.equal(false)
  })

  it('says why something was not measured', () => {
    expect(describeResult({ name: 'RSS', reason: 'there is no /proc' })).to.equal(
      'RSS: not measured, because there is no /proc',
    )
  })
})
