import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { repositoryRoot } from '../repository.ts'
import type { Target } from './take-turns.ts'

/** What a left-behind child of a process holds open would otherwise be waited for without end. */
const drainMilliseconds = 1_000

/** Runs a Node program in the repository; gives its exit code. Without a target it writes where this process does. */
export const runNode = async (args: ReadonlyArray<string>, target?: Target): Promise<number> => {
  const child = spawn(process.execPath, args, {
    cwd: repositoryRoot,
    stdio: target === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  child.stdout?.setEncoding('utf8').on('data', (text: string) => target?.out(text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => target?.err(text))
  const closed = once(child, 'close')
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  await Promise.race([closed, setTimeout(drainMilliseconds, undefined, { ref: false })])
  child.stdout?.destroy()
  child.stderr?.destroy()
  return exitCode ?? 1
}
