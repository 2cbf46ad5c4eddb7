import { globSync, readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import type { ICruiseResult } from 'dependency-cruiser'
import { sourceCondition } from '../repository.ts'
import { rulesFor } from './rules.ts'

export type Violation = { readonly from: string; readonly to: string; readonly rule: string }
export type ImportReading = { readonly violations: readonly Violation[]; readonly unread: readonly string[] }

const built = /(^|\/)(node_modules|dist)(\/|$)/

const packagesIn = (root: string): readonly string[] =>
  readdirSync(join(root, 'packages')).filter((name) => existsSync(join(root, 'packages', name, 'package.json')))

const sourcesIn = (root: string): readonly string[] =>
  globSync(['packages/*/{src,test}/**/*.ts', 'examples/*/**/*.ts'], { cwd: root, exclude: (path) => built.test(path) })

/**
 * Holds every import below `root` against the law. `unread` are the sources the reading missed: without them it
 * proves nothing.
 */
export const readImports = async (root: string): Promise<ImportReading> => {
  const { output } = await cruise(
    ['packages', 'examples'].filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...rulesFor(packagesIn(root))] },
      doNotFollow: { path: '(^|/)node_modules/' },
      exclude: { path: '^packages/[^/]+/dist/|^examples/[^/]+/dist/' },
      tsPreCompilationDeps: true,
    },
    { conditionNames: [sourceCondition, 'import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  )
  const { modules, summary } = output as ICruiseResult
  const read = new Set(modules.map(({ source }) => source))
  return {
    violations: summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name })),
    unread: sourcesIn(root).filter((path) => !read.has(path)),
  }
}
