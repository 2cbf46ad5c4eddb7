import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ServerProcessOptions {
  /** A program and its arguments; secrets come by files. */
  readonly command: ReadonlyArray<string>
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly port: number
  /** Answers 200 as soon as requests are taken. */
  readonly readyPath: string
  /** Takes everything that the process writes: a reader in this process would take time from what is measured. */
  readonly logFile: string
}

/** A server in a process of its own, that takes requests. */
export interface ServerProcess {
  readonly port: number
  readonly pid: number
  /** From the start of the process to its first answer that it is ready. */
  readonly readyMilliseconds: number
  readonly stop: () => Promise<void>
}

const pollMilliseconds = 10
const patienceMilliseconds = 30_000
const children = new Set<ChildProcess>()
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')))

const statusOf = (port: number, path: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).once('error', () => resolve(undefined))
  })

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

const untilReady = async (child: ChildProcess, { port, readyPath, logFile }: ServerProcessOptions): Promise<void> => {
  const givesUpAt = performance.now() + patienceMilliseconds
  while ((await statusOf(port, readyPath)) !== 200) {
    if (hasEnded(child) || performance.now() > givesUpAt) {
      throw new Error(
        `a server under test did not get ready; it wrote last:\n${readFileSync(logFile, 'utf8').slice(-2000)}`,
      )
    }
    await sleep(pollMilliseconds)
  }
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/**
 * Starts a server as production would run it, and waits until it takes requests. It ends with this process at the
 * latest.
 */
export const startServerProcess = async (options: ServerProcessOptions): Promise<ServerProcess> => {
  const { command, environment = {}, port, logFile } = options
  const [program = '', ...args] = command
  const log = openSync(logFile, 'a')
  const startedAt = performance.now()
  const child = spawn(program, args, {
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  closeSync(log)
  try {
    await untilReady(child, options)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return { port, pid: child.pid ?? NaN, readyMilliseconds: performance.now() - startedAt, stop: () => stop(child) }
}
