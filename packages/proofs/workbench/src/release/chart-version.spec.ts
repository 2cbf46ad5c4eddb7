import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { repositoryRoot } from '../repository.ts'
import { chartFile, withChartVersion } from './chart-version.ts'

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')

describe('the version of the chart', () => {
  it('is set for the chart and for what it installs, and nothing else is touched', () => {
    expect(withChartVersion('apiVersion: v2\nversion: 0.1.0\nappVersion: 0.1.0\n', '0.2.0')).to.equal(
      'apiVersion: v2\nversion: 0.2.0\nappVersion: 0.2.0\n',
    )
  })

  it('is that of all packages', () => {
    const { version } = JSON.parse(read('lerna.json')) as { readonly version: string }
    expect(withChartVersion(read(chartFile), version)).to.equal(read(chartFile))
  })
})
