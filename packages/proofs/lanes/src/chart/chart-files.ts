import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'

export const chartFolder = join(repositoryRoot, 'packages/helm-chart')

/** Values for whole deployments, by name. Each is rendered and checked. */
export const valueSets: Readonly<Record<string, string>> = Object.fromEntries(
  globSync('ci/*-values.yaml', { cwd: chartFolder })
    .sort()
    .map((file) => [basename(file, '-values.yaml'), join(chartFolder, file)]),
)

/** Manifests to start from, which are no part of a release. */
export const exampleFiles: ReadonlyArray<string> = globSync('examples/*.yaml', { cwd: chartFolder })
  .sort()
  .map((file) => join(chartFolder, file))
