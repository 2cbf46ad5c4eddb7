import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { expect } from 'chai'
import { alerts, dashboardExpressions, historiesFile, rulesFile } from '../src/chart/monitoring-files.ts'
import { findProgram } from '../src/stage/installed-program.ts'
import { requirePrograms } from '../src/stage/require-programs.ts'

const promtool = 'promtool'

interface Played {
  readonly code: number | null
  readonly said: string
}

const play = (...args: ReadonlyArray<string>): Played => {
  const { status, stdout, stderr } = spawnSync(findProgram(promtool) ?? promtool, args, { encoding: 'utf8' })
  return { code: status, said: stdout + stderr }
}

const page = readFileSync(join(repositoryRoot, 'docs/alerts.md'), 'utf8')

describe('the alerts of the chart', () => {
  for (const { alert, annotations, labels } of alerts()) {
    it(`tell of ${alert} what it means, and what to do by a page that ends in a command`, () => {
      expect(labels['severity']).to.be.oneOf(['critical', 'warning'])
      expect(annotations).to.include.keys('summary', 'description')
      expect(annotations['runbook_url']).to.match(new RegExp(`/alerts#${alert.toLowerCase()}$`))
      const [, entry = ''] = page.split(`\n## ${alert}\n`)
      expect(entry.split('\n## ')[0]?.trimEnd()).to.match(/```sh\n[^`]+\n```$/)
    })
  }

  describe('played by promtool', () => {
    let folder: string | undefined
    before(function () {
      requirePrograms(this, promtool)
      folder = mkdtempSync(join(tmpdir(), 'pull-secret-alerts-'))
    })
    after(() => {
      if (folder !== undefined) rmSync(folder, { recursive: true })
    })

    it('are rules that Prometheus takes', () => {
      const { code, said } = play('check', 'rules', rulesFile)
      expect(code, said).to.equal(0)
    })

    it('stand beside a dashboard whose expressions Prometheus takes', () => {
      const asRules = (expressions: ReadonlyArray<string>): Played => {
        const rules = expressions.map((expr) => ({ record: 'panel', expr: expr.replaceAll('$__rate_interval', '5m') }))
        const file = join(folder ?? '', 'panels.yaml')
        // JSON is YAML too. A rule must not stand twice.
        const groups = rules.map((rule, index) => ({ name: `panel ${String(index)}`, rules: [rule] }))
        writeFileSync(file, JSON.stringify({ groups }))
        return play('check', 'rules', '--lint=none', file)
      }
      const { code, said } = asRules(dashboardExpressions().map(({ expr }) => expr))
      expect(code, said).to.equal(0)
      expect(asRules(['sum by (rate(a[5m])']).code).to.equal(1)
    })

    it('fire in the histories in which they must, and in no other', () => {
      const { code, said } = play('test', 'rules', historiesFile)
      expect(code, said).to.equal(0)
    })

    it('would each be missed', () => {
      const renamed = readFileSync(rulesFile, 'utf8').replaceAll(/alert: (\w+)/g, 'alert: $1Renamed')
      writeFileSync(join(folder ?? '', 'rules.yaml'), renamed)
      writeFileSync(join(folder ?? '', 'histories.yaml'), readFileSync(historiesFile))
      const { said } = play('test', 'rules', join(folder ?? '', 'histories.yaml'))
      const missed = [...said.matchAll(/exp: \{[^}]*alertname="(\w+)"/g)].map(([, name]) => name)
      expect(missed).to.include.members(alerts().map(({ alert }) => alert))
    })
  })
})
