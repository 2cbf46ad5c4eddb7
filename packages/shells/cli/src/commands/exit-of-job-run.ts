import type { JobRunBody } from '@pull-secret/wire'
import type { ExitName } from '../failures/exit-codes.ts'

/** Failed work stays due, and a later run retries it. What is refused or stuck waits for a person. */
export const exitOfJobRun = ({ summary: { failed = 0, refused = 0, stuck = 0 } }: JobRunBody): ExitName => {
  if (failed > 0) return 'unavailable'
  return refused + stuck > 0 ? 'checkFailed' : 'ok'
}
