import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Report } from 'c8'
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript'
import { repositoryRoot } from '../repository.ts'
import { collectedFolder, coverageFolder } from './collected-coverage.ts'

export interface PackageCoverage {
  readonly folder: string
  readonly lines: number
  readonly covered: number
}

interface Lines {
  readonly total: number
  readonly covered: number
}

const sources = ['packages/{core,codecs,adapters,registries,sinks,shells}/*/src/**/*.ts']

/** The sandbox runs the stand-ins, and end-to-end specs run it as it was built. */
const notMeasured = ['**/*.spec.ts', 'packages/shells/sandbox/**']

const asLoaded = { module: ModuleKind.ESNext, target: ScriptTarget.ESNext, verbatimModuleSyntax: true }

/** Whether nothing is left of a file but its types: no process ever loads it. */
const isTypesOnly = (path: string): boolean => {
  const compilerOptions = { ...asLoaded, removeComments: true }
  const { outputText } = transpileModule(readFileSync(join(repositoryRoot, path), 'utf8'), { compilerOptions })
  return outputText.trim() === 'export {};'
}

const linesByFile = async (): Promise<ReadonlyArray<readonly [path: string, lines: Lines]>> => {
  const typesOnly = globSync(sources, { cwd: repositoryRoot }).filter(isTypesOnly)
  const report = new Report({
    include: sources,
    exclude: [...notMeasured, ...typesOnly],
    extension: ['.ts'],
    src: [repositoryRoot],
    all: true,
    tempDirectory: collectedFolder,
    reporter: ['json-summary'],
    reportsDirectory: coverageFolder,
  })
  await report.run()
  const summary = JSON.parse(readFileSync(join(coverageFolder, 'coverage-summary.json'), 'utf8')) as Readonly<
    Record<string, { readonly lines: Lines }>
  >
  return Object.entries(summary)
    .filter(([path]) => path !== 'total')
    .map(([path, { lines }]) => [relative(repositoryRoot, path), lines])
}

/** `packages/core/domain` for whatever lies in it. */
const packageOf = (path: string): string => path.split('/').slice(0, 3).join('/')

const sumOf = (numbers: ReadonlyArray<number>): number => numbers.reduce((sum, number) => sum + number, 0)

/** How many lines of each package that is shipped ran in the specs whose coverage was collected. */
export const lineCoverage = async (): Promise<ReadonlyArray<PackageCoverage>> =>
  [...Map.groupBy(await linesByFile(), ([path]) => packageOf(path))].map(([folder, files]) => ({
    folder,
    lines: sumOf(files.map(([, { total }]) => total)),
    covered: sumOf(files.map(([, { covered }]) => covered)),
  }))
