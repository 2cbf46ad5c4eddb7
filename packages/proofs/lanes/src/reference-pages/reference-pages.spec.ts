import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderChartSchema } from './render-chart-schema.ts'
import { chartValues, renderChartValues } from './render-chart-values.ts'
import { renderConfiguration } from './render-configuration.ts'
import { renderOperations } from './render-operations.ts'

const read = (name: string): string => readFileSync(new URL(`../../../../../docs/${name}`, import.meta.url), 'utf8')
const readOfChart = (name: string): string =>
  readFileSync(new URL(`../../../../helm-chart/${name}`, import.meta.url), 'utf8')

describe('the reference pages (`npm run reference-pages` brings them up to date)', () => {
  it('have every setting that the service reads', () => {
    expect(read('configuration.md')).to.equal(renderConfiguration())
  })

  it('have every operation that the service offers', () => {
    expect(read('http-api.md')).to.equal(renderOperations(read('http-api.md')))
  })

  it('let the chart have every setting, but for those that it writes', () => {
    expect(readOfChart('values.schema.json')).to.equal(renderChartSchema(readOfChart('values.schema.json')))
  })

  it('have every value of the chart', () => {
    const [values, schema] = [readOfChart('values.yaml'), readOfChart('values.schema.json')]
    expect(readOfChart('README.md')).to.equal(renderChartValues(readOfChart('README.md'), values, schema))
    expect(chartValues(values, schema).filter(({ meaning }) => meaning === undefined)).to.deep.equal([])
    expect(() => renderChartValues('# A page\n', values, schema)).to.throw('needs a section')
  })

  it('keep the prose around the operations', () => {
    const page = renderOperations('# A page\n\n## Operations\n\nstale rows\n\n## Errors\n\nprose\n')
    expect(page)
      .to.match(/^# A page\n\n## Operations\n\nWritten by [^]*\n\n## Errors\n\nprose\n$/)
      .and.not.include('stale rows')
    expect(() => renderOperations('# A page\n')).to.throw('needs a section')
  })
})
