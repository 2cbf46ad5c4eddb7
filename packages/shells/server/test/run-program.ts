import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import type { Environment } from '@pull-secret/config'
import type { RunningServer, RunServerOptions } from '../src/index.ts'

/**
 * The file of the command that specs start in place of what stands in this repository, such as a bundle. Absent:
 * specs run the server in their own process.
 */
export const namedProgram = (): string | undefined => process.env['PULL_SECRET_PROGRAM']

/** A port of this machine where nothing listens. */
export const aFreePort = async (): Promise<number> => {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return port
}

/** A process that waits does not say at which ports. */
const withPorts = async (env: Environment): Promise<Environment> => {
  const chosen = async (name: string): Promise<string> =>
    env[name] === undefined || env[name] === '0' ? String(await aFreePort()) : env[name]
  return {
    ...env,
    HYPERFLEET_SERVER_PORT: await chosen('HYPERFLEET_SERVER_PORT'),
    HYPERFLEET_SERVER_METRICS_PORT: await chosen('HYPERFLEET_SERVER_METRICS_PORT'),
  }
}

const addressesOf = (env: Environment, stop: () => Promise<void>): RunningServer => {
  const scheme = env['HYPERFLEET_SERVER_TLS_CERT_FILE'] === undefined ? 'http' : 'https'
  return {
    url: `${scheme}://127.0.0.1:${env['HYPERFLEET_SERVER_PORT'] ?? ''}`,
    metricsUrl: `http://127.0.0.1:${env['HYPERFLEET_SERVER_METRICS_PORT'] ?? ''}`,
    stop,
  }
}

const fault = /^error: (?!\[)(.*)$/

/** What `runServer` does, as a process: `pull-secret serve` on these settings alone. */
export const runProgram = async (
  program: string,
  given: Environment,
  { logStream, reportFault, onWaiting, onReady, migrates = false, stop }: Omit<RunServerOptions, 'version'>,
): Promise<number> => {
  const env = await withPorts(given)
  if (stop.aborted) return 0
  const child = spawn(program, ['serve', ...(migrates ? ['--migrate'] : [])], {
    env: { PATH: process.env['PATH'], ...env },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const killOnExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killOnExit)
  const end = async (name: NodeJS.Signals): Promise<void> => {
    child.kill(name)
    await closed
  }
  const server = addressesOf(env, () => end('SIGTERM'))
  stop.addEventListener('abort', () => void end(stop.reason as NodeJS.Signals))
  createInterface({ input: child.stdout }).on('line', (line) => {
    logStream?.write(`${line}\n`)
    if (line.includes('"message":"waiting for the database')) onWaiting?.(server)
    if (line.includes('"message":"serving"')) onReady?.(server)
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    const [, sentence] = fault.exec(line) ?? []
    if (sentence !== undefined) reportFault(sentence)
  })
  const [code] = (await closed) as [number | null]
  process.off('exit', killOnExit)
  return code ?? -1
}
