import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

export const chartFile = 'packages/helm-chart/Chart.yaml'

/** The description of the chart with this version, which is that of the image too. */
export const withChartVersion = (text: string, version: string): string =>
  text.replaceAll(/^(version|appVersion): .*$/gm, `$1: ${version}`)

/** Lerna knows packages of npm only. */
export const writeChartVersion = (): void => {
  const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')
  const { version } = JSON.parse(read('lerna.json')) as { readonly version: string }
  writeFileSync(join(repositoryRoot, chartFile), withChartVersion(read(chartFile), version))
}
