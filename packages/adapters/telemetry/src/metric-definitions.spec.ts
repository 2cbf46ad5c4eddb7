import { globSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  counterDefinitions,
  followedGaugeDefinitions,
  gaugeDefinitions,
  histogramDefinitions,
  type MetricDefinition,
} from './metric-definitions.ts'

const page = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8')

const definitions: Readonly<Record<string, MetricDefinition>> = {
  ...counterDefinitions,
  ...histogramDefinitions,
  ...gaugeDefinitions,
  ...followedGaugeDefinitions,
}

describe('the metrics in docs/metrics.md', () => {
  for (const [name, { help, labels }] of Object.entries(definitions)) {
    it(`include ${name}, with its meaning and its labels`, () => {
      const shown = labels.map((label) => `\`${label}\``).join(', ')
      expect(page).to.include(`\n| \`${name}\` | ${help} | ${shown} |\n`)
    })
  }

  it('are all there are', () => {
    const [, table = ''] = /^\| Metric \|.*\n\| --- .*\n((?:\|.*\n)*)/m.exec(page) ?? []
    const named = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
    expect(named).to.have.members(Object.keys(definitions))
  })

  it('are what the expressions in the documents ask for', () => {
    const folder = new URL('../../../../docs/', import.meta.url)
    const pages = globSync('*.md', { cwd: folder.pathname }).map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const asked = pages.flatMap((text) =>
      [...text.matchAll(/\b(?:hyperfleet_pull_secret_service|P)_(\w+?)(?:_bucket|_sum|_count)?(?=[{)[])/g)].map(
        ([, name]) => name,
      ),
    )
    expect(asked).to.have.length.above(5)
    expect([...Object.keys(definitions), 'up', 'build_info']).to.include.members(asked)
  })
})
