import { expect } from 'chai'
import { askedBy } from './named-series.ts'

describe('what an expression asks for', () => {
  it('is every series with its conditions, wherever it stands', () => {
    expect(
      askedBy('sum by (job) (rate(a_total{path=~"/v1/x{id}.*",code="5"}[5m] offset 15m)) / count(b) > 0.05 or c')
        .series,
    ).to.deep.equal([
      {
        name: 'a_total',
        matchers: [
          { label: 'path', operator: '=~', value: '/v1/x{id}.*' },
          { label: 'code', operator: '=', value: '5' },
        ],
      },
      { name: 'b', matchers: [] },
      { name: 'c', matchers: [] },
    ])
  })

  it('is neither a function, nor a word of the language, nor a number', () => {
    expect(askedBy('absent(up == 1) and on (job, pod) time() > 1e3').series.map(({ name }) => name)).to.deep.equal([
      'up',
    ])
  })

  it('is every label that it groups by', () => {
    expect(askedBy('sum by (job, le) (rate(a[5m])) * on (pod) b').groupedBy).to.deep.equal(['job', 'le', 'pod'])
  })
})
