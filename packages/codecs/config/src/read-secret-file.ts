import * as E from 'fp-ts/lib/Either.js'
import { type Assignments, joined, type Reading } from './assignments.ts'
import type { ConfigFault } from './fault.ts'
import type { ReadFile } from './read-config-file.ts'

const reason = { absent: 'does not exist', unreadable: 'cannot be read' }

/** Puts the content of `database.url_file` in the place of `database.url`. */
export const readSecretFile = (assignments: Assignments, readFile: ReadFile): Reading => {
  const named = assignments.get('database.url_file')
  if (typeof named?.value !== 'string') return { assignments, faults: [] }
  const refused = (message: string): ReadonlyArray<ConfigFault> => [
    { field: 'database.url_file', rule: 'invalid', message, hint: `correct ${named.origin}` },
  ]
  if (assignments.has('database.url'))
    return { assignments, faults: refused('database.url_file and database.url must not both be set') }
  const text = readFile(named.value)
  if (E.isLeft(text))
    return { assignments, faults: refused(`database.url_file names a file that ${reason[text.left]}`) }
  const content: Assignments = new Map([
    ['database.url', { value: text.right.trim(), origin: `the file that ${named.origin} names` }],
  ])
  return joined([
    { assignments, faults: [] },
    { assignments: content, faults: [] },
  ])
}
