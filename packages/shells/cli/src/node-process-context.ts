import { closeSync, fsyncSync, openSync, renameSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { OutputStream, ProcessContext } from './process-context.ts'
import { makeReadFile } from './read-file.ts'

const write = (file: number, text: string): void => {
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export const createFile: ProcessContext['createFile'] = (path, text) => {
  const opened = E.tryCatch(
    () => openSync(path, 'wx', 0o600),
    (error) => ((error as NodeJS.ErrnoException).code === 'EEXIST' ? 'exists' : 'unwritable'),
  )
  if (E.isLeft(opened)) return opened
  return E.tryCatch(
    () => write(opened.right, text),
    () => {
      unlinkSync(path)
      return 'unwritable'
    },
  )
}

const sync = (path: string): void => {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export const replaceFile: ProcessContext['replaceFile'] = (path, text) => {
  const temporary = `${path}.${String(process.pid)}.new`
  return E.tryCatch(
    () => {
      try {
        writeFileSync(temporary, text, { flag: 'wx', flush: true })
        renameSync(temporary, path)
      } catch (error) {
        rmSync(temporary, { force: true })
        throw error
      }
      sync(dirname(path))
    },
    (error) => (error as NodeJS.ErrnoException).code ?? 'unknown reason',
  )
}

/** A container's user often has a number and no name. */
const userName = (): string =>
  E.getOrElse(() => `uid-${String(process.getuid?.() ?? 'unknown')}`)(
    E.tryCatch(
      () => userInfo().username,
      () => undefined,
    ),
  )

/** Every write tells its own caller whether it failed; without a listener the same failure would end the process. */
const toleratingFailures = (stream: OutputStream): OutputStream => stream.on('error', () => undefined)

/** The processContext of a real process, which ends when `stop` aborts. */
export const nodeProcessContext = (stop: AbortSignal): ProcessContext => ({
  env: process.env,
  stdin: process.stdin,
  stdout: toleratingFailures(process.stdout),
  stderr: toleratingFailures(process.stderr),
  stop,
  readFile: makeReadFile(stop),
  createFile,
  replaceFile,
  userName,
  sleep: async (milliseconds) => {
    await sleep(milliseconds, undefined, { signal: stop }).catch(() => undefined)
  },
  now: () => Date.now(),
  monotonic: () => performance.now(),
})
