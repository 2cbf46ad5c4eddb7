import type { JobRunBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandAnswer } from './operations.ts'

const sumOf = (one: JobRunBody, other: JobRunBody): JobRunBody => ({
  ...other,
  summary: Object.fromEntries(
    Object.entries(other.summary).map(([name, count]) => [name, count + (one.summary[name] ?? 0)]),
  ),
})

/** A run starts no new work after a while, so that no caller waits for ever. The next run continues from there. */
export const runToItsEnd = async (
  run: () => CommandAnswer<JobRunBody>,
  onRun: (soFar: JobRunBody) => void,
  before?: JobRunBody,
): CommandAnswer<JobRunBody> => {
  const result = await run()
  if (E.isLeft(result)) return result
  const soFar = before === undefined ? result.right : sumOf(before, result.right)
  onRun(soFar)
  return soFar.finished ? E.right(soFar) : runToItsEnd(run, onRun, soFar)
}
