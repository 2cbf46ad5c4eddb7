import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadFile } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { ProcessContext } from './process-context.ts'

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

const readFile: ReadFile = (path) =>
  E.tryCatch(
    () => readFileSync(path, 'utf8'),
    (error) => (isAbsent(error) ? 'absent' : 'unreadable'),
  )

/** A container's user often has a number and no name. */
const userName = (): string =>
  E.getOrElse(() => `uid-${String(process.getuid?.() ?? 'unknown')}`)(
    E.tryCatch(
      () => userInfo().username,
      () => undefined,
    ),
  )

/** The processContext of a real process. */
export const nodeProcessContext = (): ProcessContext => ({
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  readFile,
  userName,
  sleep: async (milliseconds) => {
    await sleep(milliseconds)
  },
  monotonic: () => performance.now(),
})
