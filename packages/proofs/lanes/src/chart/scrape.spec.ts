import { expect } from 'chai'
import { labelsOf, parseScrape, shows } from './scrape.ts'

const scrape = parseScrape(
  [
    '# HELP calls_total Calls',
    '# TYPE calls_total counter',
    'calls_total{path="/v1/{id}",code="503"} 2',
    '# TYPE quiet_total counter',
    'time_bucket{le="0.5"} 1',
    '',
  ].join('\n'),
)

describe('a scrape', () => {
  it('shows a series where every condition holds for one sample', () => {
    const asked = (operator: '=' | '!=' | '=~' | '!~', value: string) =>
      shows(scrape, { name: 'calls_total', matchers: [{ label: 'code', operator, value }] })
    expect([asked('=', '503'), asked('=~', '5..'), asked('!=', '200'), asked('!~', '2..')]).not.to.include(false)
    expect([asked('=', '500'), asked('=~', '5'), asked('!=', '503'), asked('!~', '5..')]).not.to.include(true)
    expect(shows(scrape, { name: 'calls_total', matchers: [{ label: 'cod', operator: '!=', value: '1' }] })).to.equal(
      false,
    )
  })

  it('shows what is declared and what stands in it, and nothing else', () => {
    const named = ['calls_total', 'quiet_total', 'time_bucket', 'call_total']
    expect(named.map((name) => shows(scrape, { name, matchers: [] }))).to.deep.equal([true, true, true, false])
    const inNamespace = {
      name: 'quiet_total',
      matchers: [{ label: 'namespace', operator: '=~', value: '.*' }],
    } as const
    expect(shows(scrape, inNamespace)).to.equal(true)
  })

  it('has the labels of its samples, and those of a target', () => {
    expect([...labelsOf(scrape)])
      .to.include.members(['path', 'code', 'le', 'namespace'])
      .and.not.include('name')
  })
})
