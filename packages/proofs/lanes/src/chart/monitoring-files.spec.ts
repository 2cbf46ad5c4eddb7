import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { dashboardExpressions } from './monitoring-files.ts'
import { askedBy } from './named-series.ts'

const documentedMetrics = (): ReadonlyArray<string> => {
  const page = readFileSync(join(repositoryRoot, 'docs/metrics.md'), 'utf8')
  const table = page.slice(page.indexOf('| Metric |'), page.indexOf('There are also'))
  return [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name)
}

const metricOf = (series: string): string =>
  series.replace('hyperfleet_pull_secret_service_', '').replace(/_(?:bucket|count|sum)$/, '')

describe('the dashboard', () => {
  it('has a panel for every metric of the service', () => {
    const shown = new Set(
      dashboardExpressions().flatMap(({ expr }) => askedBy(expr).series.map(({ name }) => metricOf(name))),
    )
    const metrics = documentedMetrics()
    expect(metrics).to.include('recovery_backlog')
    expect(metrics.filter((name) => !shown.has(name))).to.deep.equal([])
  })
})
