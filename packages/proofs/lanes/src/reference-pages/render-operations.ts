import { metricsPortOperations, type Operation, operations } from '@pull-secret/wire'

const heading = '## Operations'

const rowOf = (path: string, { method, permission, answers, summary }: Operation): string => {
  const needs = permission === 'anonymous' ? 'no token' : `\`${permission.verb} ${permission.resource}\``
  return `| \`${method} ${path}\` | ${summary} | ${needs} | ${Object.keys(answers).join(', ')} |`
}

const rows = (table: Readonly<Record<string, Operation>>): ReadonlyArray<string> =>
  Object.values(table).map((operation) => rowOf(operation.path, operation))

const section = (): string => `${heading}

Written by \`npm run reference-pages\` from the table that the service makes its routes from.

| Request | What it does | Needs | Success |
| --- | --- | --- | --- |
${[...rows(operations), ...rows(metricsPortOperations)].join('\n')}

`

/** The page with its own prose and the operations of the code. @throws Error for a page without their section */
export const renderOperations = (page: string): string => {
  const start = page.indexOf(`${heading}\n`)
  const end = page.indexOf('\n## ', start + 1) + 1
  if (start < 0 || end === 0) throw new Error(`the page needs a section "${heading}" that another one follows`)
  return page.slice(0, start) + section() + page.slice(end)
}
