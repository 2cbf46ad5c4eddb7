import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Environment } from '@pull-secret/config'
import type { ProcessContext } from '../src/process-context.ts'

/**
 * The file of the command that specs start in place of what stands in this repository, such as a bundle. Absent: specs
 * run commands in their own process, unless they are about the process itself.
 */
const named = process.env['PULL_SECRET_PROGRAM']

/** Whether it is another than that of this repository. */
export const isNamed = named !== undefined

/** Under which name the audit has what commands do on a database. */
export const ownName = named === undefined ? 'alice' : userInfo().username

/** What specs start that are about the process itself. */
export const programFile = named ?? fileURLToPath(new URL('../bin/pull-secret.mjs', import.meta.url))

/** Commands whose spec replaces more of their process than variables run in the process of the spec. */
export const namedProgramFor = (changes: Partial<ProcessContext>): string | undefined =>
  Object.keys(changes).every((part) => part === 'env') ? named : undefined

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const start = (program: string, argv: ReadonlyArray<string>, env: Environment) =>
  spawn(program, [...argv], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

export const runProgram = async (
  program: string,
  argv: ReadonlyArray<string>,
  env: Environment = {},
): Promise<Ended> => {
  const child = start(program, argv, env)
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await closed) as [number | null]
  return { code: code ?? -1, stdout, stderr }
}

/** `pull-secret serve`, as a process; gives its address once it serves. */
export const serveByProgram = async (
  program: string,
  configFile: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const child = start(program, ['serve', '--config', configFile], {})
  const closed = once(child, 'close')
  const killOnExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killOnExit)
  child.stderr.resume()
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"message":"serving"')) resolve((JSON.parse(line) as { readonly url: string }).url)
    })
    void closed.then(() => {
      reject(new Error('the service did not start'))
    })
  })
  return {
    url,
    close: async () => {
      child.kill('SIGTERM')
      await closed
      process.off('exit', killOnExit)
    },
  }
}
