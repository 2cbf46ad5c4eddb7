import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { findProgram } from '../stage/installed-program.ts'
import { chartFolder } from './chart-files.ts'
import { type Manifest, parseManifests } from './manifest.ts'

/** What rendering gave: manifests, or the sentence by which the chart refused. */
export type Rendered =
  | { readonly kind: 'manifests'; readonly manifests: ReadonlyArray<Manifest> }
  | { readonly kind: 'refusal'; readonly sentence: string }

/** Renders the chart with one file of values over its own. */
export type Renderer = (valuesFile: string) => Rendered

const release = 'release'
const namespace = 'hyperfleet-system'
const bytes = 64 * 1024 * 1024

const run = (program: string, args: ReadonlyArray<string>): Rendered => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: bytes })
  return status === 0 ? { kind: 'manifests', manifests: parseManifests(stdout) } : { kind: 'refusal', sentence: stderr }
}

/** A program that takes a chart and files of values, and prints manifests. */
const byProgram =
  (program: string): Renderer =>
  (valuesFile) =>
    run(program, [chartFolder, valuesFile])

const byHelm =
  (helm: string): Renderer =>
  (valuesFile) =>
    run(helm, ['template', release, chartFolder, '--namespace', namespace, '--values', valuesFile])

const beside = join(repositoryRoot, '../shared/tools/chart-render/chart-render')

const findRenderer = (): Renderer | undefined => {
  const named = process.env['CHART_RENDERER']
  if (named !== undefined) return byProgram(resolve(named))
  const helm = findProgram('helm')
  if (helm !== undefined) return byHelm(helm)
  return existsSync(beside) ? byProgram(beside) : undefined
}

/** What renders charts here; skips what needs it, and says why, where there is nothing. */
export const requireRenderer = (context: Mocha.Context): Renderer => {
  // A renderer may have to build itself first.
  context.timeout(300_000)
  return (
    findRenderer() ?? context.skip('helm is not installed; CHART_RENDERER names another program that renders charts')
  )
}

/** What a set of values gives. @throws Error where the chart refuses it */
export const manifestsBy = (render: Renderer, valuesFile: string): ReadonlyArray<Manifest> => {
  const rendered = render(valuesFile)
  if (rendered.kind === 'refusal') throw new Error(rendered.sentence)
  return rendered.manifests
}
