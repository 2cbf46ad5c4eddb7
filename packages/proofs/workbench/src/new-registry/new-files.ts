import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { repositoryRoot } from '../repository.ts'
import type { Spellings } from './registry-name.ts'

export interface NewFile {
  /** Relative to the folder of the registry. */
  readonly path: string
  readonly content: string
}

const example = join(repositoryRoot, 'examples/custom-registry')
const templates = join(import.meta.dirname, 'templates')

/** The example is green, linted and type-checked, so that what is taken from it works. */
const fromExample = [
  'src/index.ts',
  'src/parcel-api.ts',
  'src/parcel-config.spec.ts',
  'src/parcel-config.ts',
  'src/parcel-contract.int.spec.ts',
  'src/parcel-key-name.ts',
  'src/parcel-registry.ts',
  'src/parcel-wire.ts',
  'test/parcel-simulator.ts',
]

/** What the author writes, and what only a package of the workspace has. Their templates end in `.txt`. */
const fromTemplates = ['README.md', 'package.json', 'src/parcel-client.ts', 'tsconfig.json']

/** Templates name the vendor of the example, in each spelling. */
export const renamed = (text: string, { kebab, camel, pascal }: Spellings): string =>
  text.replaceAll(/parcel/gi, (found, place: number) => {
    if (found === 'Parcel') return pascal
    return /^parcel(Registry|KeyName)/.test(text.slice(place)) ? camel : kebab
  })

const formatted = async (path: string, text: string): Promise<string> => {
  const filepath = join(repositoryRoot, 'packages/registries/new', path)
  return /\.(ts|json)$/.test(path) ? format(text, { ...(await resolveConfig(filepath)), filepath }) : text
}

const newFile = async (source: string, path: string, spellings: Spellings): Promise<NewFile> => {
  const target = renamed(path, spellings)
  return { path: target, content: await formatted(target, renamed(readFileSync(source, 'utf8'), spellings)) }
}

/** Every file of a new registry package. */
export const newFilesOf = (spellings: Spellings): Promise<ReadonlyArray<NewFile>> =>
  Promise.all([
    ...fromExample.map((path) => newFile(join(example, path), path, spellings)),
    ...fromTemplates.map((path) => newFile(join(templates, `${path}.txt`), path, spellings)),
    newFile(join(repositoryRoot, 'LICENSE'), 'LICENSE', spellings),
  ])
