import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withDependency, withEntry } from './built-in-list.ts'
import { newFilesOf } from './new-files.ts'
import { registriesFolder, spellingsOf } from './registry-name.ts'

const change = (file: string, changed: (text: string) => string): void => {
  writeFileSync(file, changed(readFileSync(file, 'utf8')))
}

/** Writes the package of a new registry and adds it to the built-in types; returns the files, relative to the root. */
export const writeRegistry = async (name: string, root: string): Promise<ReadonlyArray<string>> => {
  const spellings = spellingsOf(name)
  const files = await newFilesOf(spellings)
  for (const { path, content } of files) {
    const file = join(root, registriesFolder, name, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  const [list, manifest] = [`${registriesFolder}/all/src/index.ts`, `${registriesFolder}/all/package.json`]
  change(join(root, list), (text) => withEntry(text, spellings))
  change(join(root, manifest), (text) => withDependency(text, spellings))
  return [...files.map(({ path }) => join(registriesFolder, name, path)), list, manifest]
}
