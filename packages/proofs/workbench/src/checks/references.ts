import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repositoryRoot } from '../repository.ts'
import type { Step } from './step.ts'
import { readWorkspace } from './workspace.ts'

interface TypeScriptConfig {
  readonly references?: ReadonlyArray<{ readonly path: string }>
}

interface Wanted {
  readonly file: string
  readonly paths: ReadonlyArray<string>
}

const wantedReferences = (): ReadonlyArray<Wanted> => {
  const packages = readWorkspace().filter(({ hasTypeScript }) => hasTypeScript)
  const folders = new Map(packages.map(({ name, folder }) => [name, folder]))
  return [
    { file: 'packages/tsconfig.json', paths: packages.map(({ folder }) => relative('packages', folder)) },
    ...packages.map(({ folder, needs }) => ({
      file: `${folder}/tsconfig.json`,
      paths: needs.flatMap((need) => folders.get(need) ?? []).map((needed) => relative(folder, needed)),
    })),
  ]
}

const read = (file: string): TypeScriptConfig =>
  JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8')) as TypeScriptConfig

const differences = ({ file, paths }: Wanted): ReadonlyArray<string> => {
  const found = (read(file).references ?? []).map(({ path }) => path)
  return [
    ...paths.filter((path) => !found.includes(path)).map((path) => `${file} does not reference ${path}`),
    ...found
      .filter((path) => !paths.includes(path))
      .map((path) => `${file} references ${path}, which package.json does not name`),
  ]
}

/** Writes the references that package.json files ask for; returns the files that changed. */
export const writeReferences = (): ReadonlyArray<string> => {
  const outdated = wantedReferences().filter((wanted) => differences(wanted).length > 0)
  for (const { file, paths } of outdated) {
    const config = { ...read(file), references: paths.map((path) => ({ path })) }
    writeFileSync(join(repositoryRoot, file), `${JSON.stringify(config, null, 2)}\n`)
  }
  return outdated.map(({ file }) => file)
}

/** `tsc -b` builds what references name: they have to say the same as the dependencies. */
export const referencesStep: Step = {
  name: 'references (as in package.json; `node packages/proofs/workbench/bin/references.mjs` repairs)',
  run: () => wantedReferences().flatMap(differences),
}
