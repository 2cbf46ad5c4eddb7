import { listenToCanaries } from '../import-law/canary.ts'
import { allowanceOf } from '../import-law/law.ts'
import { readImports } from '../import-law/read-imports.ts'
import { repositoryRoot } from '../repository.ts'
import { findPackageCycle } from './package-cycles.ts'
import type { Step } from './step.ts'
import { readWorkspace } from './workspace.ts'

const lawlessPackages = (): ReadonlyArray<string> =>
  readWorkspace()
    .filter(({ folder }) => allowanceOf(folder.slice('packages/'.length)) === undefined)
    .map(({ folder }) => `${folder} is not in the import law (packages/proofs/workbench/src/import-law/law.ts)`)

const packageCycles = (): ReadonlyArray<string> => {
  const needs = readWorkspace().map(({ name, needs, specsNeed }) => [name, [...needs, ...specsNeed]] as const)
  const cycle = findPackageCycle(Object.fromEntries(needs))
  return cycle === undefined ? [] : [`packages need each other in a circle: ${cycle.join(' → ')}`]
}

/** The law shows that it can be broken before it says that it is kept. */
export const importLawStep: Step = {
  name: 'import law',
  run: async () => {
    const { violations, unread } = await readImports(repositoryRoot)
    return [
      ...(await listenToCanaries()),
      ...unread.map((path) => `${path} was not read`),
      ...violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule}`),
      ...lawlessPackages(),
      ...packageCycles(),
    ]
  },
}
