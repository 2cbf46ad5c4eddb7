import type { ServerRoot } from '@pull-secret/composition/server'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, failed, ok, skipped } from './check.ts'
import type { Opening } from './check-prepared-statements.ts'

const name = 'database writes'
const hint = 'mend what the line above names; the server is not ready until then'

const writesOf = async ({ reads }: ServerRoot): Promise<Check> => {
  const pinged = await reads.ping()
  return E.isRight(pinged) ? ok(name) : failed(name, pinged.left.fault?.message ?? 'the database is unavailable', hint)
}

/** Whether the database takes what the service writes: rights, room, and no standby. */
export const checkWrites = async (opening: Opening): Promise<Check> => {
  if (E.isLeft(opening)) return skipped(name, 'the service cannot start')
  try {
    return await writesOf(opening.right)
  } catch {
    return failed(name, 'the database refuses a statement of this version', hint)
  }
}
