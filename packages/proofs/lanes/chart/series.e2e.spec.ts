import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { alerts, dashboardExpressions } from '../src/chart/monitoring-files.ts'
import { askedBy, type NamedSeries } from '../src/chart/named-series.ts'
import { labelsOf, parseScrape, type Scrape, shows } from '../src/chart/scrape.ts'
import { openStage, type Stage } from '../src/stage/open-stage.ts'
import { makeServiceCaller, pullSecretPath } from '../src/stage/service-caller.ts'
import { until } from '../src/stage/until.ts'

/** So little that callers who come together have to be refused. */
const budgets = { rhit: { per_minute: 120, burst: 10 } }
const together = 60

const times = { leaseSeconds: 6, callSeconds: 1, landingWindowSeconds: 0, recoverySeconds: 1 }

/** Labels of all metrics, those included that count what no healthy server does. A spec holds the table to the code. */
const documentedLabels = (): ReadonlyArray<string> => {
  const page = readFileSync(join(repositoryRoot, 'docs/metrics.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `\w+_(?:total|seconds|in_flight)` \| [^|]* \|(.*)\|$/gm)]
  return rows.flatMap(([, labels = '']) => [...labels.matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
}

const expressions = [
  ...alerts().map(({ alert, expr }) => ({ title: alert, expr })),
  ...dashboardExpressions().map(({ title, expr }) => ({ title: `panel ${title}`, expr })),
]

const refusedLogins: NamedSeries = {
  name: 'hyperfleet_pull_secret_service_credential_validations_total',
  matchers: [{ label: 'result', operator: '=', value: 'invalid' }],
}

const refusedTurns: NamedSeries = {
  name: 'hyperfleet_pull_secret_service_registry_budget_wait_seconds_count',
  matchers: [{ label: 'outcome', operator: '=', value: 'refused' }],
}

describe('the server, when it is scraped,', () => {
  let stage: Stage | undefined
  let scrape: Scrape

  /** Makes credentials and revokes them, with success and without. */
  const live = async ({ folder, quay }: Stage, url: string): Promise<ReadonlyArray<number | undefined>> => {
    const call = makeServiceCaller(folder)
    const ask = async (method: 'GET' | 'POST' | 'DELETE', cluster: string): Promise<number | undefined> =>
      (await call(url, { method, path: pullSecretPath(cluster), ...(method === 'POST' ? { body: {} } : {}) }))?.status
    const refuse = (operation: string, status = 500): void => {
      quay.faults.add({ operation, fault: { kind: 'status', status }, probability: 1 })
    }
    refuse('registryToken', 401)
    const made = [await ask('POST', 'cls-chart0'), await ask('POST', 'cls-chart1'), await ask('GET', 'cls-chart1')]
    refuse('deleteRobot')
    refuse('createRobot')
    return [...made, await ask('DELETE', 'cls-chart1'), await ask('POST', 'cls-chart2')]
  }

  before(async () => {
    stage = await openStage({ times, budgets })
    const { url, metricsUrl } = await stage.startService()
    expect(await live(stage, url)).to.deep.equal([200, 200, 200, 202, 503])
    const untilShown = (series: NamedSeries, sentence: string): Promise<void> =>
      until(
        async () => {
          scrape = parseScrape(await (await fetch(`${metricsUrl}/metrics`)).text())
          return shows(scrape, series)
        },
        30,
        () => sentence,
      )
    await untilShown(refusedLogins, 'nobody looked at what was published')
    const call = makeServiceCaller(stage.folder)
    const asked = Array.from({ length: together }, (_, index) =>
      call(url, { method: 'POST', path: pullSecretPath(`cls-together${String(index)}`), body: {} }),
    )
    await untilShown(refusedTurns, 'everybody got a turn')
    await Promise.all(asked)
  })
  after(async () => {
    expect(await stage?.close()).to.deep.equal([])
  })

  for (const { title, expr } of expressions)
    it(`shows what ${title} asks for`, () => {
      const { series, groupedBy } = askedBy(expr)
      expect(series).not.to.deep.equal([])
      expect(series.filter((one) => !shows(scrape, one))).to.deep.equal([])
      expect([...labelsOf(scrape), ...documentedLabels()]).to.include.members([...groupedBy])
    })

  it('does not show what there is not', () => {
    const names = ['hyperfleet_pull_secret_service_budget_exhausted_total', 'up']
    expect(names.map((name) => shows(scrape, { name, matchers: [] }))).to.deep.equal([false, false])
  })
})
