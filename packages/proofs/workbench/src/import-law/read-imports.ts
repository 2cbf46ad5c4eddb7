import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { packageFoldersIn } from '../checks/workspace.ts'
import { sourceCondition } from '../repository.ts'
import { rulesFor } from './rules.ts'

export interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: string
}
export interface ImportReading {
  readonly violations: ReadonlyArray<Violation>
  readonly unread: ReadonlyArray<string>
}

const built = /(^|\/)(node_modules|dist)(\/|$)/

const sourcesIn = (root: string): ReadonlyArray<string> =>
  globSync(['packages/*/*/{src,test}/**/*.ts', 'examples/*/**/*.ts'], {
    cwd: root,
    exclude: (path) => built.test(path),
  })

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
      ruleSet: { forbidden: [...rulesFor(packageFoldersIn(root).map((folder) => folder.slice('packages/'.length)))] },
      doNotFollow: { path: '(^|/)node_modules/' },
      exclude: { path: '^packages/[^/]+/[^/]+/dist/|^examples/[^/]+/dist/' },
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
