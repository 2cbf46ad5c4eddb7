import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { chartFolder } from './chart-files.ts'

export const rulesFile = join(chartFolder, 'alerts/rules.yaml')
export const historiesFile = join(chartFolder, 'alerts/histories.yaml')

export interface Alert {
  readonly alert: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

interface Rules {
  readonly groups: ReadonlyArray<{ readonly rules: ReadonlyArray<Alert> }>
}

export const alerts = (): ReadonlyArray<Alert> =>
  (parse(readFileSync(rulesFile, 'utf8')) as Rules).groups.flatMap(({ rules }) => rules)

interface Dashboard {
  readonly panels: ReadonlyArray<{
    readonly title: string
    readonly targets?: ReadonlyArray<{ readonly expr: string }>
  }>
}

/** The expressions of the dashboard, with the title of their panels. */
export const dashboardExpressions = (): ReadonlyArray<{ readonly title: string; readonly expr: string }> => {
  const { panels } = JSON.parse(readFileSync(join(chartFolder, 'dashboards/overview.json'), 'utf8')) as Dashboard
  return panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })))
}
