import type { ServerRoot } from '@pull-secret/composition/server'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, ok, skipped, warning } from './check.ts'
import type { Opening } from './check-prepared-statements.ts'

const name = 'waiting work'
/** Enough to see what it is about. */
const limit = 100

const byProblem = (problems: ReadonlyArray<string>): string =>
  [...Map.groupBy(problems, (problem) => problem)]
    .map(([problem, rows]) => `${String(rows.length)} ${problem}`)
    .join(', ')

const waitingOf = async ({ useCases }: ServerRoot): Promise<Check> => {
  const listed = await useCases.list.troubled({ limit })()
  if (E.isLeft(listed)) return skipped(name, 'the database is unavailable')
  const { items, next } = listed.right
  if (items.length === 0) return ok(name, 'nothing waits for somebody')
  const count = next === undefined ? String(items.length) : `more than ${String(limit)}`
  const problems = byProblem(items.map(({ problem = 'no longer named' }) => problem))
  return warning(
    name,
    `${count} credentials wait for somebody: ${problems}`,
    'pull-secret stuck shows each, and what to do',
  )
}

/** Credentials whose work is refused or stuck, and those in use that their registry refuses. */
export const checkWaitingWork = async (opening: Opening): Promise<Check> => {
  if (E.isLeft(opening)) return skipped(name, 'the service cannot start')
  try {
    return await waitingOf(opening.right)
  } catch {
    return skipped(name, 'the database refuses a statement of this version')
  }
}
