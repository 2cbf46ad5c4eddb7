import type { IForbiddenRuleType } from 'dependency-cruiser'
import { allowanceOf, exampleAllowance, purePackages, specAllowance, technologies, type Technology } from './law.ts'

const specs = '\\.spec\\.ts$|^packages/[^/]+/[^/]+/test/'
const workspace = '^(packages|examples|test-fixtures)/'
const fixtures = '^test-fixtures/'
const builders = '^packages/core/domain/src/testing/'

/** A bare name ends at its folder, a subpath at its file. */
const folderOf = (name: string): string =>
  `^packages/${name.replace('*', '[^/]+')}${name.split('/').length > 2 ? '[./]' : '/'}`
const moduleOf = (name: string): string => `(^|/)node_modules/(@types/)?${name}/`

const lawOfPackage = (name: string): ReadonlyArray<IForbiddenRuleType> => {
  const { values, types = [], specs: inSpecs = [] } = allowanceOf(name) ?? { values: [] }
  const reachable = [name, ...values, ...types].map(folderOf)
  const own = folderOf(name)
  return [
    {
      name: `${name}-imports-what-is-listed`,
      severity: 'error',
      from: { path: own, pathNot: specs },
      to: { path: workspace, pathNot: reachable },
    },
    {
      name: `${name}-specs-import-what-is-listed`,
      severity: 'error',
      from: { path: `${own}.*(${specs})|${own}test/` },
      to: { path: workspace, pathNot: [...reachable, ...[...inSpecs, ...specAllowance].map(folderOf), fixtures] },
    },
    ...types.map((type): IForbiddenRuleType => ({
      name: `${name}-imports-${type}-as-types`,
      severity: 'error',
      from: { path: own, pathNot: specs },
      to: { path: folderOf(type), dependencyTypesNot: ['type-only'] },
    })),
  ]
}

const lawOfTechnology = ({ name, modules, packages, inSpecs }: Technology): IForbiddenRuleType => ({
  name: `${name}-stays-in-its-packages`,
  severity: 'error',
  from: { path: '^packages/', pathNot: [...packages.map(folderOf), ...(inSpecs ? [specs] : [])] },
  to: { path: moduleOf(modules) },
})

const lawOfPurePackage = ([name, modules]: readonly [
  string,
  ReadonlyArray<string>,
]): ReadonlyArray<IForbiddenRuleType> => [
  {
    name: `${name}-imports-no-other-library`,
    severity: 'error',
    from: { path: folderOf(name), pathNot: specs },
    to: { path: '(^|/)node_modules/', pathNot: modules.map(moduleOf) },
  },
  {
    name: `${name}-imports-nothing-of-node`,
    severity: 'error',
    from: { path: folderOf(name), pathNot: specs },
    to: { dependencyTypes: ['core'] },
  },
]

/** The import law as rules of dependency-cruiser, for the packages found in the repository. */
export const rulesFor = (packages: ReadonlyArray<string>): ReadonlyArray<IForbiddenRuleType> => [
  ...packages.flatMap(lawOfPackage),
  ...technologies.map(lawOfTechnology),
  ...Object.entries(purePackages).flatMap(lawOfPurePackage),
  {
    name: 'examples-import-what-is-offered',
    severity: 'error',
    from: { path: '^examples/([^/]+)/' },
    to: { path: workspace, pathNot: ['^examples/$1/', fixtures, ...exampleAllowance.map(folderOf)] },
  },
  {
    name: 'packages-are-imported-by-name',
    severity: 'error',
    from: { path: '^(packages/[^/]+|examples)/([^/]+)/' },
    to: { path: '^packages/', pathNot: '^$1/$2/', dependencyTypes: ['local', 'localmodule'] },
  },
  {
    name: 'packages-declare-what-they-import',
    severity: 'error',
    from: { path: '^packages/', pathNot: [specs, '^packages/proofs/(workbench|mutants|lanes)/'] },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-dev'] },
  },
  {
    name: 'builders-are-for-specs',
    severity: 'error',
    from: { path: '^packages/', pathNot: [specs, '^packages/proofs/', builders] },
    to: { path: builders },
  },
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
]
