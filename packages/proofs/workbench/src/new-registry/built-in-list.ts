import type { Spellings } from './registry-name.ts'

const packageOf = (kebab: string): string => `@pull-secret/registry-${kebab}`

const isEntry = (line: string): boolean => /^ {2}'?[a-z][a-z0-9-]*'?: async \(\)/.test(line)

const lineOf = ({ kebab, camel }: Spellings): string => {
  const key = kebab.includes('-') ? `'${kebab}'` : kebab
  return `  ${key}: async () => (await import('${packageOf(kebab)}')).${camel}Registry,`
}

const withoutQuote = (line: string): string => line.replace("'", '')

/** The list of built-in types with one line more, at its place in the alphabet. */
export const withEntry = (list: string, spellings: Spellings): string => {
  const line = lineOf(spellings)
  const lines = list.split('\n')
  const later = lines.findIndex((other) => isEntry(other) && withoutQuote(other) > withoutQuote(line))
  return lines.toSpliced(later === -1 ? lines.findLastIndex(isEntry) + 1 : later, 0, line).join('\n')
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The manifest of the list with one dependency more. */
export const withDependency = (manifest: string, { kebab }: Spellings): string => {
  const content = JSON.parse(manifest) as Manifest
  const dependencies = Object.entries({ ...content.dependencies, [packageOf(kebab)]: '0.1.0' })
  const sorted = Object.fromEntries(dependencies.sort(([one], [other]) => (one < other ? -1 : 1)))
  return `${JSON.stringify({ ...content, dependencies: sorted }, null, 2)}\n`
}
