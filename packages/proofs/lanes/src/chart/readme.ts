import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chartFolder } from './chart-files.ts'

const page = (): string => readFileSync(join(chartFolder, 'README.md'), 'utf8')

/** The file of values that the README shows. @throws Error where it shows none */
export const shownValues = (): string => {
  const [, indentation = '', text] = /^( *)```yaml\n([^]*?)^ *```$/m.exec(page()) ?? []
  if (text === undefined) throw new Error('the README of the chart shows no values')
  return text.replaceAll(new RegExp(`^${indentation}`, 'gm'), '')
}

/** `NAME KEY` of every Secret that the README has somebody create. */
export const shownSecrets = (): ReadonlyArray<string> =>
  [...page().matchAll(/create secret generic (\S+)((?:[^\n]*\\\n)*[^\n]*)/g)].flatMap(([, name = '', rest = '']) =>
    [...rest.matchAll(/--from-file=([^=\s]+)=/g)].map(([, key = '']) => `${name} ${key}`),
  )
