import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderConfiguration } from './render-configuration.ts'
import { renderOperations } from './render-operations.ts'

const read = (name: string): string => readFileSync(new URL(`../../../../../docs/${name}`, import.meta.url), 'utf8')

describe('the reference pages (`npm run reference-pages` brings them up to date)', () => {
  it('have every setting that the service reads', () => {
    expect(read('configuration.md')).to.equal(renderConfiguration())
  })

  it('have every operation that the service offers', () => {
    expect(read('http-api.md')).to.equal(renderOperations(read('http-api.md')))
  })

  it('keep the prose around the operations', () => {
    const page = renderOperations('# A page\n\n## Operations\n\nstale rows\n\n## Errors\n\nprose\n')
    expect(page)
      .to.match(/^# A page\n\n## Operations\n\nWritten by [^]*\n\n## Errors\n\nprose\n$/)
      .and.not.include('stale rows')
    expect(() => renderOperations('# A page\n')).to.throw('needs a section')
  })
})
